# consoles of a module get the kernel's messages: kernel/printk/printk.c
  $ insmod calls/kernel_console.ko
  k|<4>kernel_console: loading out-of-tree module taints kernel.
  k|<5>kernel_console: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>kernel_console: console_test before
  k|<6>kernel_console: register_console(&off)
  k|<6>kernel_console: off.flags = 0x0
  k|<6>printk: console [off0] disabled
  k|<6>kernel_console: unregister_console(&off) = -19
  k|<6>printk: console [calls0] enabled
  k|<6>kernel_console: register_console(&loud)
  k|<6>kernel_console: loud.flags = 0x5
  k|<0>kernel_console: console_test one
  k|<6>kernel_console: console_test not important
  k|<0>kernel_console: console_test two
  k|<0>console_test three
  k|<6>kernel_console: got: kernel_console: console_test before
  k|<6>kernel_console: console_test one
  k|<6>kernel_console: console_test two
  k|<6>console_test three
  k|<6>kernel_console: 
  k|<6>kernel_console: calls = 3
  k|<6>printk: console [calls0] disabled
  k|<6>kernel_console: exit of calls
  k|<6>kernel_console: unregister_console(&loud) = -5
  k|<6>kernel_console: loud.flags = 0x1
  k|<6>printk: console [late3] enabled
  k|<6>kernel_console: register_console(&late)
  k|<6>kernel_console: got: .
  k|<0>kernel_console: console_test late
  k|<6>kernel_console: got: kernel_console: console_test late
  k|<6>kernel_console: 
  k|<6>printk: console [late3] disabled
  k|<6>kernel_console: unregister_console(&late) = 0
  k|<0>kernel_console: console_test after
  k|<6>kernel_console: calls = 4
  $ rmmod kernel_console
