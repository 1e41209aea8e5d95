# an entry deleted from a list twice
  $ insmod complain_name.ko what=list_del_twice
  2| Segmentation fault
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>list_del corruption, ffffffffc0205dd0->next is LIST_POISON1 (dead000000000100)
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/list_debug.c:53!
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  [139]
  $ rmmod complain_name
  2| rmmod: ERROR: Module complain_name is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12416
