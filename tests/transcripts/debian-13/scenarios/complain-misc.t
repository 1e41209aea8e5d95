# miscellaneous devices twice, and one that was never there
  $ insmod complain_name.ko what=misc_name_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/devices/virtual/misc/complain'
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>kobject: kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=misc_never_there
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/char/misc.c:280 misc_deregister+0x88/0xa0
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=misc_gone_twice
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at drivers/char/misc.c:280 misc_deregister+0x88/0xa0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
