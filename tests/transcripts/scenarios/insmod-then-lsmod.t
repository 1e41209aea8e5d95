# a module whose init has slept is live as soon as insmod is done
  $ insmod slow_init.ko ms=300
  k|<4>slow_init: loading out-of-tree module taints kernel.
  k|<5>slow_init: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>slow_init: start
  k|<6>slow_init: done
  $ lsmod
  Module                  Size  Used by
  slow_init              16384  0
  $ rmmod slow_init
  k|<6>slow_init: exit
