# a class twice
  $ insmod complain_name.ko what=class_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>sysfs: cannot create duplicate filename '/class/complain'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: 0 -17
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/dev/char/240:0'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -17
  k|<4>sysfs: cannot create duplicate filename '/devices/virtual/complain/complain0'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain0 with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12288
