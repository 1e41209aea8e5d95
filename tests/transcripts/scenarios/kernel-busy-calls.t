# many calls of kernel functions, which come to an end
  $ insmod busy.ko what=many_calls times=60000
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>busy: 60000 calls, sum 7702085
  $ rmmod busy
