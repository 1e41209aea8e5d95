# a symbol given back that there is not
  $ insmod complain_lock.ko what=symbol_unknown
  2| Segmentation fault
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at kernel/module/main.c:820!
  k|<4>Oops: invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>note: insmod[88] exited with preempt_count 1
  [139]
  $ rmmod complain_lock
  2| rmmod: ERROR: Module complain_lock is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12416
