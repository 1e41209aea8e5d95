# formats that the kernel does not know, a text that does not end where it must, and who calls
  $ insmod complain_text.ko what=terminal
  k|<4>complain_text: loading out-of-tree module taints kernel.
  k|<5>complain_text: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>told: no terminal
  k|<6>told: tty1 of tty
  k|<6>told: 0
  k|<6>told: 0
  k|<6>told: insmod
  k|<6>told: 0
  $ rmmod complain_text
  $ insmod complain_text.ko what=format
  k|<4>------------[ cut here ]------------
  k|<4>Please remove unsupported %f in format string
  k|<4>WARNING: CPU: 0 PID: 39 at lib/vsprintf.c:2661 format_decode+0x441/0x540
  k|<...>
  k|<4>told: 1 
  k|<6>
  k|<6>told: 1
  k|<6>told: 1
  $ rmmod complain_text
  $ insmod complain_text.ko what=format
  k|<4>told: 1 
  k|<6>
  k|<6>told: 1
  k|<6>told: 1
  $ rmmod complain_text
  $ insmod complain_text.ko what=length
  2| Segmentation fault
  k|<0>detected buffer overflow in __fortify_strlen
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/string_helpers.c:1027!
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [139]
  $ rmmod complain_text
  2| rmmod: ERROR: Module complain_text is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12928
