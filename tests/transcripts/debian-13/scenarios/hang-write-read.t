# a read-write lock taken for reading by its writer
  $ insmod complain_lock.ko what=write_then_read
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: written
  k|<0>watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:88]
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [hung]
