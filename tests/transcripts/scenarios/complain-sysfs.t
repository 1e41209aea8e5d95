# names in /sys that are taken, and kobjects that are not set up
  $ insmod complain_name.ko what=kobject_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain'
  k|<...>
  k|<3>kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<4>kobject_create_and_add: kobject_add error: -17
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=sysfs_twice
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/complain'
  k|<...>
  k|<6>complain_name: -17
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/complain'
  k|<...>
  k|<6>complain_name: -17
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/group'
  k|<...>
  k|<6>complain_name: -17
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>sysfs group 'group' not found for kobject 'complain'
  k|<4>WARNING: CPU: 0 PID: 39 at fs/sysfs/group.c:278 sysfs_remove_group+0x71/0x80
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>sysfs: (bin_)attrs not set by subsystem for group: complain/empty
  k|<4>WARNING: CPU: 0 PID: 39 at fs/sysfs/group.c:122 internal_create_group+0x27a/0x3a0
  k|<...>
  k|<6>complain_name: -22
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_unnamed
  k|<4>------------[ cut here ]------------
  k|<4>kobject: (000000001966616b): attempted to be registered with empty name!
  k|<4>WARNING: CPU: 0 PID: 39 at lib/kobject.c:210 kobject_add_internal+0x241/0x260
  k|<...>
  k|<6>complain_name: -22
  k|<6>complain_name: released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_set_up_twice
  k|<3>kobject (000000001966616b): tried to init an initialized object, something is seriously wrong.
  k|<...>
  k|<6>complain_name: released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_without_type
  k|<3>kobject (000000001966616b): must have a ktype to be initialized properly!
  k|<3>
  k|<...>
  k|<3>kobject (0000000000000000): invalid kobject pointer!
  k|<...>
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_without_release
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_get_early
  k|<4>------------[ cut here ]------------
  k|<4>kobject: '(null)' (000000001966616b): is not initialized, yet kobject_get() is being called.
  k|<4>WARNING: CPU: 0 PID: 39 at lib/kobject.c:632 kobject_get+0x43/0x70
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: addition on 0; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 39 at lib/refcount.c:25 refcount_warn_saturate+0x97/0x110
  k|<...>
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_put_twice
  k|<6>complain_name: 0
  k|<6>complain_name: released
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: underflow; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 39 at lib/refcount.c:28 refcount_warn_saturate+0xba/0x110
  k|<...>
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
