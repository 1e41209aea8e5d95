# usercopy wraps
  $ insmod complain_mm.ko what=usercopy_wraps
  2| Segmentation fault
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<0>usercopy: Kernel memory exposure attempt detected from wrapped address (offset 0, size 48)!
  k|<4>------------[ cut here ]------------
  k|<2>kernel BUG at mm/usercopy.c:102!
  k|<4>Oops: invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  [139]
  $ lsmod
  Module                  Size  Used by
  complain_mm            28672  1
  $ cat /proc/sys/kernel/tainted
  12416
