# disks in memory: numbers, /proc/partitions, removed again
  $ insmod blk_mod.ko
  k|<4>blk_mod: loading out-of-tree module taints kernel.
  k|<5>blk_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>blk_mod: major 254
  k|<6>blk_mod: tags: 0
  k|<6>blk_mod: add_disk: 0, 8 sectors, devt 254:0
  k|<6>blk_mod: add_disk: 0
  $ cat /proc/partitions
  major minor  #blocks  name
  
   254        0          4 mqdisk
   254        1          4 biodisk
  $ rmmod blk_mod
  k|<6>blk_mod: ........ ........
  $ insmod blk_mod.ko sectors=2048
  k|<6>blk_mod: major 254
  k|<6>blk_mod: tags: 0
  k|<6>blk_mod: add_disk: 0, 2048 sectors, devt 254:0
  k|<6>blk_mod: add_disk: 0
  $ cat /proc/partitions
  major minor  #blocks  name
  
   254        0       1024 mqdisk
   254        1       1024 biodisk
  $ rmmod blk_mod
  k|<6>blk_mod: ........ ........
  $ cat /proc/partitions
