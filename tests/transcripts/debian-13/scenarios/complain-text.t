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
  k|<4>WARNING: CPU: 0 PID: 45 at lib/vsprintf.c:2659 format_decode+0x453/0x550
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
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
  k|<4>------------[ cut here ]------------
  k|<4>strlen: detected buffer overflow: 5 byte read of buffer size 4
  k|<4>WARNING: CPU: 0 PID: 45 at lib/string_helpers.c:1032 __fortify_report+0x43/0x50
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/string_helpers.c:1040!
  k|<4>Oops: invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [139]
  $ rmmod complain_text
  2| rmmod: ERROR: Module complain_text is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12928
