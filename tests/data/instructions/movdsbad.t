# movdsbad
  $ insmod insn.ko what=movdsbad
  2| Segmentation fault
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>segment-related general protection fault: 1234 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  [139]
