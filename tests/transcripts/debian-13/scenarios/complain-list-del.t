# an entry deleted from a list twice
  $ insmod complain_name.ko what=list_del_twice
  2| Segmentation fault
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>list_del corruption, ffffffffc0205090->next is LIST_POISON1 (dead000000000100)
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/list_debug.c:56!
  k|<4>Oops: invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [139]
  $ rmmod complain_name
  2| rmmod: ERROR: Module complain_name is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12416
