# names in debugfs that are taken
  $ insmod complain_name.ko what=debugfs_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>debugfs: Directory 'complain' with parent '/' already present!
  k|<6>complain_name: 0 -17
  k|<6>complain_name: 0
  k|<3>debugfs: File 'in' in directory 'complain' already present!
  k|<6>complain_name: -17
  k|<3>debugfs: Directory 'complain' with parent '/' already present!
  k|<6>complain_name: -17
  k|<3>debugfs: File 'in' in directory 'complain' already present!
  k|<6>complain_name: -17
  k|<6>complain_name: -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12288
