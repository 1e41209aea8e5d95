# a precise timer that starts itself again for the time that is over
  $ insmod busy.ko what=restarts_at_once
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  [hung]
