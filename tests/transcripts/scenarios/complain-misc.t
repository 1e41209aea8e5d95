# miscellaneous devices twice, and one that was never there
  $ insmod complain_name.ko what=misc_name_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_name: 0
  k|<4>sysfs: cannot create duplicate filename '/devices/virtual/misc/complain'
  k|<...>
  k|<3>kobject_add_internal failed for complain with -EEXIST, don't try to register things with the same name in the same directory.
  k|<6>complain_name: -17
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=misc_never_there
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at drivers/char/misc.c:247 misc_deregister+0x92/0xa0
  k|<...>
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=misc_gone_twice
  2| Segmentation fault
  k|<6>complain_name: 0
  k|<3>list_del corruption, ffffffffc0205938->next is LIST_POISON1 (dead000000000100)
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/list_debug.c:53!
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [139]
  $ rmmod complain_name
  2| rmmod: ERROR: Module complain_name is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12928
