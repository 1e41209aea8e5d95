# kfree twice with another between
  $ insmod complain_mm.ko what=kfree_twice_with_another_between
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: end
  $ lsmod
  Module                  Size  Used by
  complain_mm            28672  0
  $ cat /proc/sys/kernel/tainted
  12288
