# devices that are taken, unnamed or cannot be released
  $ insmod complain_name.ko what=device_without_release
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<3>Device 'complain' does not have a release() function, it is broken and must be fixed. See Documentation/core-api/kobject.rst.
  k|<4>WARNING: CPU: 0 PID: 88 at drivers/base/core.c:2634 device_release+0x89/0xa0
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=device_taken
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/devices/complain'
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: -17
  k|<6>complain_name: complain released
  k|<6>complain_name: complain released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=device_unnamed
  k|<6>complain_name: -22
  k|<6>complain_name: (null) released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=device_attributes
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>Attribute not_shown: read permission without 'show'
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/base/core.c:3121 device_create_file+0x6e/0x80
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>Attribute not_stored: write permission without 'store'
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/base/core.c:3118 device_create_file+0x57/0x80
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>Attribute not_stored: write permission without 'store'
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/base/core.c:3118 device_create_file+0x57/0x80
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>sysfs: cannot create duplicate filename '/devices/complain/not_stored'
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -17
  k|<6>complain_name: complain released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
