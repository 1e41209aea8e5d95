# a function that writes beyond its variables
  $ insmod complain_lock.ko what=smashes_stack
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: end
