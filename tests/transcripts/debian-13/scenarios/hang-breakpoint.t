# a breakpoint that no debugger has set
  $ insmod complain_lock.ko what=breakpoint
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>Oops: int3: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<0>Kernel panic - not syncing: Fatal exception in interrupt
  k|<0>Kernel Offset: disabled
  k|<...>
  [hung]
