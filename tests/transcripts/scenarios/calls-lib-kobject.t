# objects, sets and their files: lib/kobject.c, fs/sysfs
  $ insmod calls/lib_kobject.ko
  k|<4>lib_kobject: loading out-of-tree module taints kernel.
  k|<5>lib_kobject: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lib_kobject: set is there
  k|<6>lib_kobject: kobject_add(&a->kobj, NULL, "a-%d", 1) = 0
  k|<6>lib_kobject: kref_read(&a->kobj.kref) = 1
  k|<6>lib_kobject: path = "/kernel/calls_set/a-1"
  k|<6>lib_kobject: kobject_init_and_add(&b->kobj, &ktype, &a->kobj, "b/%s", "slash") = 0
  k|<6>lib_kobject: kobject_name(&b->kobj) = "b!slash"
  k|<6>lib_kobject: kobject_get(&b->kobj) == &b->kobj = 1
  k|<6>lib_kobject: kobject_get_unless_zero(&b->kobj) == &b->kobj = 1
  k|<6>lib_kobject: kobject_get(NULL) is NULL
  k|<6>lib_kobject: kobject_set_name(&t->kobj, "never %d", 3) = 0
  k|<6>lib_kobject: kobject_name(&t->kobj) = "never 3"
  k|<6>lib_kobject: release never 3
  k|<6>lib_kobject: kobject_put(&t->kobj)
  k|<6>lib_kobject: plain is there
  k|<6>lib_kobject: kobject_uevent(&a->kobj, KOBJ_CHANGE) = 0
  k|<6>lib_kobject: kobject_uevent_env(&a->kobj, KOBJ_CHANGE, env) = 0
  k|<6>lib_kobject: sysfs_create_files(&a->kobj, files) = 0
  k|<6>lib_kobject: sysfs_create_file(&a->kobj, &one) = 0
  k|<6>lib_kobject: sysfs_create_file(&a->kobj, &two) = 0
  k|<6>lib_kobject: sysfs_create_bin_file(&a->kobj, &binary) = 0
  k|<6>lib_kobject: sysfs_create_group(&a->kobj, &group) = 0
  k|<6>lib_kobject: sysfs_create_groups(&a->kobj, groups) = 0
  k|<6>lib_kobject: sysfs_create_link(plain, &a->kobj, "to_a") = 0
  k|<6>lib_kobject: sysfs_create_link_nowarn(plain, &b->kobj, "to_b") = 0
  k|<6>lib_kobject: sysfs_create_link_nowarn(plain, &b->kobj, "to_b") = -17
  k|<6>lib_kobject: sysfs_create_mount_point(plain, "mount") = 0
  k|<6>lib_kobject: sysfs_notify(&a->kobj, NULL, "one")
  k|<6>lib_kobject: fs_kobj is there
  k|<6>lib_kobject: mm_kobj is there
  k|<6>lib_kobject: firmware_kobj is there
  k|<6>lib_kobject: hypervisor_kobj is there
  $ cat /sys/kernel/calls_set/a-1/one /sys/kernel/calls_set/a-1/two /sys/kernel/calls_set/a-1/group/one /sys/kernel/calls_set/a-1/binary
  one of a-1
  two of a-1
  one of a-1
  bbbbbb (no-eol)
  $ echo 1 > /sys/kernel/calls_set/a-1/two
  k|<6>lib_kobject: store two 2
  $ rmmod lib_kobject
  k|<6>lib_kobject: release b!slash
  k|<6>lib_kobject: kobject_put(&b->kobj)
  k|<6>lib_kobject: release a-1
  k|<6>lib_kobject: kobject_put(&a->kobj)
  $ ls -d /sys/kernel/calls_set /sys/calls_plain
  2| ls: /sys/kernel/calls_set: No such file or directory
  2| ls: /sys/calls_plain: No such file or directory
  [1]
