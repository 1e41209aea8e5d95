# a processor kept for half a minute, of which the watchdog complains; it comes to an end all the same
  $ insmod busy.ko what=half_a_minute
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [insmod:88]
  k|<...>
  k|<6>busy: over
  $ rmmod busy
