# kfree data
  $ insmod complain_mm.ko what=kfree_data
  2| Killed
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<1>BUG: unable to handle page fault for address: ffffea0001008108
  k|<1>#PF: supervisor read access in kernel mode
  k|<1>#PF: error_code(0x0000) - not-present page
  k|<...>
  k|<4>Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>note: insmod[88] exited with irqs disabled
  [137]
  $ lsmod
  Module                  Size  Used by
  complain_mm            28672  1
  $ cat /proc/sys/kernel/tainted
  12416
