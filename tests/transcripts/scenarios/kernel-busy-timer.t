# loops that wait for what a timer sets
  $ insmod busy.ko what=until_timer
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>busy: 1 after 11 jiffies
  $ rmmod busy
  $ insmod busy.ko what=until_timer_with_calls
  k|<6>busy: seen
  $ rmmod busy
