# a panic
  $ insmod complain_lock.ko what=panics
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>Kernel panic - not syncing: complain_lock: no way on from 5
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<0>Kernel Offset: disabled
  k|<...>
  [hung]
