# an entry added to a list twice
  $ insmod complain_name.ko what=list_add_twice
  2| Segmentation fault
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>list_add double add: new=ffffffffc0205090, prev=ffffffffc02042d0, next=ffffffffc0205090.
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at lib/list_debug.c:35!
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
