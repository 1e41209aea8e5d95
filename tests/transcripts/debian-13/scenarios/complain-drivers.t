# drivers, buses and platform devices twice
  $ insmod complain_name.ko what=driver_of_no_bus
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>Driver 'complain' was unable to register with bus_type 'complain' because the bus was not initialized.
  k|<6>complain_name: -22
  k|<4>------------[ cut here ]------------
  k|<4>Unexpected driver unregister!
  k|<4>WARNING: CPU: 0 PID: 88 at drivers/base/driver.c:270 driver_unregister+0x3c/0x50
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=platform_device_taken
  k|<4>sysfs: cannot create duplicate filename '/devices/platform/complain.3'
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain.3 with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: 0 -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=platform_device_without_release
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<3>Device 'still' does not have a release() function, it is broken and must be fixed. See Documentation/core-api/kobject.rst.
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/base/core.c:2634 device_release+0x89/0xa0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=bus_twice
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/bus/complain'
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=driver_twice
  k|<6>complain_name: 0
  k|<3>Error: Driver 'complain' is already registered, aborting...
  k|<6>complain_name: -16
  k|<3>Error: Driver 'complain' is already registered, aborting...
  k|<6>complain_name: -16
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
