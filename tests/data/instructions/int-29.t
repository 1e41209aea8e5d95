# vector
  $ insmod insn.ko what=int n=29
  2| Killed
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<1>BUG: unable to handle page fault for address: fffffe0000016ff8
  k|<1>#PF: supervisor write access in kernel mode
  k|<1>#PF: error_code(0x0002) - not-present page
  k|<...>
  k|<4>Oops: 0002 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  k|<6>note: insmod[89] exited with irqs disabled
  [137]
