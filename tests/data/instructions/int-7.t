# vector
  $ insmod insn.ko what=int n=7
  2| Segmentation fault
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>unexpected #NM exception: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  k|<6>note: insmod[89] exited with irqs disabled
  [139]
