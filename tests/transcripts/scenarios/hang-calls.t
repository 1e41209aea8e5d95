# calls of kernel functions without end
  $ insmod busy.ko what=for_ever
  k|<4>busy: loading out-of-tree module taints kernel.
  k|<5>busy: module verification failed: signature and/or required key missing - tainting kernel
  [hung]
