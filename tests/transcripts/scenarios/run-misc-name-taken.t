# two misc devices of one name: the second is refused, and its minor is free again
  $ insmod misc_twice.ko
  k|<4>misc_twice: loading out-of-tree module taints kernel.
  k|<5>misc_twice: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>misc_twice: the first: 0
  k|<4>sysfs: cannot create duplicate filename '/devices/virtual/misc/twice'
  k|<...>
  k|<3>kobject_add_internal failed for twice with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>misc_twice: the second: -17, minor 255
  k|<6>misc_twice: the third: 0, minor 1 below the first
  $ rmmod misc_twice
