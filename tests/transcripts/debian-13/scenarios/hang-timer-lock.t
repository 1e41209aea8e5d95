# a timer that wants the lock of whom it interrupts
  $ insmod complain_lock.ko what=timer_wants_lock
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: taken
  k|<6>complain_lock: timer
  k|<0>watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:88]
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [hung]
