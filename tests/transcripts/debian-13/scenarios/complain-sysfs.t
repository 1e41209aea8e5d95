# names in /sys that are taken, and kobjects that are not set up
  $ insmod complain_name.ko what=kobject_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<4>kobject: kobject_create_and_add: kobject_add error: -17
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=sysfs_twice
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/complain'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -17
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/complain'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -17
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/kernel/complain/group'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -17
  k|<6>complain_name: 0
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_unnamed
  k|<4>------------[ cut here ]------------
  k|<4>kobject: (00000000996aac85): attempted to be registered with empty name!
  k|<4>WARNING: CPU: 0 PID: 45 at lib/kobject.c:219 kobject_add_internal+0x228/0x250
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -22
  k|<6>complain_name: released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_set_up_twice
  k|<3>kobject: kobject (00000000996aac85): tried to init an initialized object, something is seriously wrong.
  k|<...>
  k|<3>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: released
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=kobject_without_type
  k|<3>kobject: kobject (00000000996aac85): must have a ktype to be initialized properly!
  k|<3>
  k|<...>
  k|<3>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject (0000000000000000): invalid kobject pointer!
  k|<...>
  k|<3>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
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
  k|<4>kobject: '(null)' (00000000996aac85): is not initialized, yet kobject_get() is being called.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/kobject.c:640 kobject_get+0x47/0x70
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: addition on 0; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:25 refcount_warn_saturate+0xe5/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
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
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:28 refcount_warn_saturate+0xbe/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
