# a second waited for by looking at jiffies
  $ insmod busy.ko what=until_jiffies
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>busy: 250 jiffies
  $ rmmod busy
