# an entry added to a list twice
  $ insmod complain_name.ko what=list_add_twice
  2| Segmentation fault
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>list_add double add: new=ffffffffc0205dd0, prev=ffffffffc02051c0, next=ffffffffc0205dd0.
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/list_debug.c:33!
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [139]
  $ rmmod complain_name
  2| rmmod: ERROR: Module complain_name is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12416
