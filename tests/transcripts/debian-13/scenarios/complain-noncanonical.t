# noncanonical
  $ insmod complain_atomic.ko what=noncanonical
  2| Segmentation fault
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>Oops: general protection fault, probably for non-canonical address 0x1122334455667788: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [139]
  $ lsmod
  Module                  Size  Used by
  complain_atomic        20480  1
  $ cat /proc/sys/kernel/tainted
  12416
