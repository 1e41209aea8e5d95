# a loop of millions of rounds, which comes to an end
  $ insmod busy.ko what=long_loop
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>busy: sum 2830354816
  $ rmmod busy
