# null call
  $ insmod complain_atomic.ko what=null_call
  2| Killed
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000000
  k|<1>#PF: supervisor instruction fetch in kernel mode
  k|<1>#PF: error_code(0x0010) - not-present page
  k|<...>
  k|<4>Oops: Oops: 0010 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>note: insmod[88] exited with irqs disabled
  [137]
  $ lsmod
  Module                  Size  Used by
  complain_atomic        20480  1
  $ cat /proc/sys/kernel/tainted
  12416
