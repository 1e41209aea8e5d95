# programs that the kernel runs for a module in two steps: kernel/umh.c
  $ insmod calls/kernel_programs.ko
  k|<4>kernel_programs: loading out-of-tree module taints kernel.
  k|<5>kernel_programs: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_programs: call_usermodehelper(true_words[0], true_words, environment, UMH_WAIT_PROC) = 0
  k|<6>kernel_programs: cleanup of /bin/true with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("/bin/true", true_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x02) = 0
  k|<6>kernel_programs: cleanup of /bin/false with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("/bin/false", false_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x02) = 256
  k|<6>kernel_programs: cleanup of /bin/false with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("/bin/false", false_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x01) = 0
  k|<6>kernel_programs: cleanup of /bin/none with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("/bin/none", none_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x02) = -2
  k|<6>kernel_programs: cleanup of /bin/none with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("/bin/none", none_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x01) = -2
  k|<6>kernel_programs: cleanup of  with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup("", none_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x02) = 0
  k|<6>kernel_programs: cleanup of nothing with data
  k|<6>kernel_programs: call_usermodehelper_exec(call_usermodehelper_setup(((void *)0), none_words, environment, GFP_KERNEL, NULL, clean, "data"), 0x02) = -22
  $ rmmod kernel_programs
