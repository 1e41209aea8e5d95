# wrpkru
  $ insmod insn.ko what=wrpkru
  2| Segmentation fault
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>invalid opcode: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  [139]
