# a loop without an end: counts
  $ insmod hang_count.ko what=counts
  k|<4>hang_count: loading out-of-tree module taints kernel.
  k|<5>hang_count: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:88]
  k|<...>
  [hung]
