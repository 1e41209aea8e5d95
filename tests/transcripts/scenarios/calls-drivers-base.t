# buses, drivers, devices, classes, character devices and their messages: drivers/base/bus.c, driver.c, core.c, class.c, fs/char_dev.c
  $ insmod calls/drivers_base.ko
  k|<4>drivers_base: loading out-of-tree module taints kernel.
  k|<5>drivers_base: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>drivers_base: bus_register(&bus) = 0
  k|<6>drivers_base: bus_get_kset(&bus) is there
  k|<6>drivers_base: bus_register_notifier(&bus, &nb) = 0
  k|<6>drivers_base: driver_register(&driver) = 0
  k|<6>drivers_base: dev_set_name(&devices[i], "%s", names[i]) = 0
  k|<6>drivers_base: bus event 1 of good-1
  k|<6>drivers_base: bus event 4 of good-1
  k|<6>drivers_base: probe good-1 by good
  k|<6>drivers_base: bus event 5 of good-1
  k|<6>drivers_base: device_add(&devices[i]) = 0
  k|<6>drivers_base: dev_set_name(&devices[i], "%s", names[i]) = 0
  k|<6>drivers_base: bus event 1 of good-x
  k|<6>drivers_base: bus event 4 of good-x
  k|<6>drivers_base: probe good-x by good
  k|<6>drivers_base: bus event 8 of good-x
  k|<6>drivers_base: device_add(&devices[i]) = 0
  k|<6>drivers_base: dev_set_name(&devices[i], "%s", names[i]) = 0
  k|<6>drivers_base: bus event 1 of othr-1
  k|<6>drivers_base: device_add(&devices[i]) = 0
  k|<6>drivers_base: dev_set_name(&devices[i], "%s", names[i]) = 0
  k|<6>drivers_base: bus event 1 of lone
  k|<6>drivers_base: device_add(&devices[i]) = 0
  k|<6>drivers_base: bus event 4 of othr-1
  k|<6>drivers_base: probe othr-1 by othr
  k|<6>drivers_base: bus event 5 of othr-1
  k|<6>drivers_base: driver_register(&other) = 0
  k|<6>drivers_base: device good-1
  k|<6>drivers_base: device good-x
  k|<6>drivers_base: device othr-1
  k|<6>drivers_base: bus_for_each_dev(&bus, NULL, "othr-1", each) = 33
  k|<6>drivers_base: device good-x
  k|<6>drivers_base: device othr-1
  k|<6>drivers_base: device lone
  k|<6>drivers_base: bus_for_each_dev(&bus, &devices[0], NULL, each) = 0
  k|<6>drivers_base: driver good
  k|<6>drivers_base: driver othr
  k|<6>drivers_base: bus_for_each_drv(&bus, NULL, NULL, each_driver) = 0
  k|<6>drivers_base: device good-1
  k|<6>drivers_base: driver_for_each_device(&driver, NULL, NULL, each) = 0
  k|<6>drivers_base: bus_find_device(&bus, NULL, "lone", by_name) = lone
  k|<6>drivers_base: bus_find_device(&bus, NULL, "none", by_name) = (none)
  k|<6>drivers_base: bus_find_device(&bus, NULL, "good-x", device_match_name) = good-x
  k|<6>drivers_base: bus_find_device(&bus, NULL, NULL, device_match_any) = good-1
  k|<6>drivers_base: bus_find_device(&bus, &devices[0], NULL, device_match_any) = good-x
  k|<6>drivers_base: device_match_devt(&devices[0], &(dev_t) { 0 }) = 1
  k|<6>drivers_base: device_match_devt(&devices[0], &(dev_t) { 5 }) = 0
  k|<6>drivers_base: device_match_fwnode(&devices[0], NULL) = 1
  k|<6>drivers_base: driver_find("good", &bus) is there
  k|<6>drivers_base: driver_find("nobody", &bus) is NULL
  k|<6>drivers_base: device_find_child(root, "lone", child) = lone
  k|<6>drivers_base: device_find_child(root, "far", child) = (none)
  k|<6>drivers_base: device good-1
  k|<6>drivers_base: device good-x
  k|<6>drivers_base: device othr-1
  k|<6>drivers_base: device lone
  k|<6>drivers_base: device_for_each_child(root, NULL, each) = 0
  k|<6>drivers_base: device good-1
  k|<6>drivers_base: device good-x
  k|<6>drivers_base: device_for_each_child(root, "good-x", each) = 33
  k|<6>drivers_base: device lone
  k|<6>drivers_base: device othr-1
  k|<6>drivers_base: device good-x
  k|<6>drivers_base: device good-1
  k|<6>drivers_base: device_for_each_child_reverse(root, NULL, each) = 0
  k|<6>drivers_base: dev_driver_string(&devices[0]) = "good"
  k|<6>drivers_base: dev_driver_string(&devices[3]) = "calls_bus"
  k|<6>drivers_base: dev_driver_string(root) = ""
  k|<6>drivers_base: bus event 6 of good-1
  k|<6>drivers_base: remove good-1
  k|<6>drivers_base: bus event 7 of good-1
  k|<6>drivers_base: device_release_driver(&devices[0])
  k|<6>drivers_base: devices[0].driver is NULL
  k|<6>drivers_base: bus event 4 of good-1
  k|<6>drivers_base: probe good-1 by good
  k|<6>drivers_base: bus event 5 of good-1
  k|<6>drivers_base: device_attach(&devices[0]) = 1
  k|<6>drivers_base: device_attach(&devices[3]) = 0
  k|<6>drivers_base: devices[0].driver is there
  k|<6>drivers_base: bus event 6 of good-1
  k|<6>drivers_base: remove good-1
  k|<6>drivers_base: bus event 7 of good-1
  k|<6>drivers_base: bus event 4 of good-1
  k|<6>drivers_base: probe good-1 by good
  k|<6>drivers_base: bus event 5 of good-1
  k|<6>drivers_base: device_reprobe(&devices[0]) = 0
  k|<6>drivers_base: bus event 6 of othr-1
  k|<6>drivers_base: remove othr-1
  k|<6>drivers_base: bus event 7 of othr-1
  k|<6>drivers_base: device_release_driver(&devices[2])
  k|<6>drivers_base: bus event 4 of othr-1
  k|<6>drivers_base: probe othr-1 by othr
  k|<6>drivers_base: bus event 5 of othr-1
  k|<6>drivers_base: driver_attach(&other) = 0
  k|<6>drivers_base: devices[2].driver is there
  k|<6>drivers_base: bus event 6 of othr-1
  k|<6>drivers_base: remove othr-1
  k|<6>drivers_base: bus event 7 of othr-1
  k|<6>drivers_base: bus event 4 of good-x
  k|<6>drivers_base: probe good-x by good
  k|<6>drivers_base: bus event 8 of good-x
  k|<6>drivers_base: bus event 4 of othr-1
  k|<6>drivers_base: probe othr-1 by othr
  k|<6>drivers_base: bus event 5 of othr-1
  k|<6>drivers_base: bus_rescan_devices(&bus) = 0
  k|<6>drivers_base: bus event 6 of othr-1
  k|<6>drivers_base: remove othr-1
  k|<6>drivers_base: bus event 7 of othr-1
  k|<6>drivers_base: bus event 4 of othr-1
  k|<6>drivers_base: bus event 5 of othr-1
  k|<6>drivers_base: device_bind_driver(&devices[2]) = 0
  k|<6>drivers_base: device_create_file(&devices[0], &dev_attr_color) = 0
  k|<6>drivers_base: device_add_groups(&devices[0], extras) = 0
  k|<0>good good-1: emerg 1
  k|<1>good good-1: alert 2
  k|<2>good good-1: crit 3
  k|<3>good good-1: err 4
  k|<4>good good-1: warn 5
  k|<5>good good-1: notice 6
  k|<6>good good-1: info 7
  k|<6>calls_bus lone: no driver
  k|<6> calls_root: root
  k|<6>(NULL device *): nobody
  k|<5>good good-1: printk text
  k|<6>emitted 8
  k|<6>drivers_base: dev_printk_emit(6, dev, "emitted %d\n", 8) = 9
  k|<6>emitted 8, too
  k|<6>drivers_base: emitted("emitted %d, too\n", 8) = 14
  k|<3>good good-1: error -EINVAL: probe failed 9
  k|<6>drivers_base: dev_err_probe(dev, -EINVAL, "probe failed %d\n", 9) = -22
  k|<6>drivers_base: dev_err_probe(dev, -EPROBE_DEFER, "deferred\n") = -517
  k|<6>drivers_base: IS_ERR(class) = 0
  k|<6>drivers_base: class_create_file(class, &class_attr_version.attr) = 0
  k|<6>drivers_base: class_register(&own) = 0
  k|<6>drivers_base: dev_name(dev) = "made-1"
  k|<6>drivers_base: dev_get_drvdata(dev) == &number = 1
  k|<6>drivers_base: interface sees made-1
  k|<6>drivers_base: class_interface_register(&interface) = 0
  k|<6>drivers_base: interface sees made-2
  k|<6>drivers_base: device made-1
  k|<6>drivers_base: device made-2
  k|<6>drivers_base: class_for_each_device(class, NULL, NULL, each) = 0
  k|<6>drivers_base: class_find_device(class, NULL, "made-2", device_match_name) = made-2
  k|<6>drivers_base: class_find_device(class, NULL, "made-3", device_match_name) = (none)
  k|<6>drivers_base: interface loses made-2
  k|<6>drivers_base: interface loses made-1
  k|<6>drivers_base: class_interface_unregister(&interface)
  k|<6>drivers_base: alloc_chrdev_region(&first, 5, 3, "calls_alloc") = 0
  k|<6>drivers_base: MINOR(first) = 5
  k|<6>drivers_base: register_chrdev_region(MKDEV(MAJOR(first), 5), 1, "calls_again") = -16
  k|<6>drivers_base: register_chrdev_region(MKDEV(MAJOR(first), 50), 2, "calls_region") = 0
  k|<6>drivers_base: cdev_add(&fixed, first, 1) = 0
  k|<6>drivers_base: cdev_add(dynamic, first + 1, 2) = 0
  k|<6>drivers_base: cdev_device_add(&fixed, &with_cdev) = 0
  $ cat /sys/devices/calls_root/good-1/color /sys/devices/calls_root/good-1/extra/taste /sys/devices/calls_root/good-1/number /sys/devices/calls_root/good-1/big /sys/devices/calls_root/good-1/yes
  red
  sweet and 7
  41
  abcdef
  1
  $ echo 5 > /sys/devices/calls_root/good-1/number
  $ echo 0x10 > /sys/devices/calls_root/good-1/big
  $ echo n > /sys/devices/calls_root/good-1/yes
  $ cat /sys/devices/calls_root/good-1/number /sys/devices/calls_root/good-1/big /sys/devices/calls_root/good-1/yes
  5
  10
  0
  $ echo x > /sys/devices/calls_root/good-1/number
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cat /sys/class/calls_class/version
  1.2
  $ rmmod drivers_base
  k|<6>drivers_base: release calls_node
  k|<6>drivers_base: bus event 2 of good-1
  k|<6>drivers_base: bus event 6 of good-1
  k|<6>drivers_base: remove good-1
  k|<6>drivers_base: bus event 7 of good-1
  k|<6>drivers_base: bus event 3 of good-1
  k|<6>drivers_base: release good-1
  k|<6>drivers_base: bus event 2 of good-x
  k|<6>drivers_base: bus event 3 of good-x
  k|<6>drivers_base: release good-x
  k|<6>drivers_base: bus event 2 of othr-1
  k|<6>drivers_base: bus event 6 of othr-1
  k|<6>drivers_base: remove othr-1
  k|<6>drivers_base: bus event 7 of othr-1
  k|<6>drivers_base: bus event 3 of othr-1
  k|<6>drivers_base: release othr-1
  k|<6>drivers_base: bus event 2 of lone
  k|<6>drivers_base: bus event 3 of lone
  k|<6>drivers_base: release lone
  k|<6>drivers_base: bus_unregister_notifier(&bus, &nb) = 0
  k|<6>drivers_base: bus_unregister_notifier(&bus, &nb) = -2
