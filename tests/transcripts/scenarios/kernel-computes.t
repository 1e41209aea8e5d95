# code that computes for a long time, all by itself: a checksum over 16 MB, MD5's rounds over one, a sort
  $ insmod compute.ko
  k|<4>compute: loading out-of-tree module taints kernel.
  k|<5>compute: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>checksum 8621db43
  k|<6>digest 7c824c27
  k|<6>429379 exchanges, from 00041d03 to fffe5401
  $ rmmod compute
