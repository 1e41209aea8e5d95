# vector
  $ insmod insn.ko what=int n=25
  2| Killed
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<2>kernel tried to execute NX-protected page - exploit attempt? (uid: 0)
  k|<1>BUG: unable to handle page fault for address: ffffffff830790e1
  k|<1>#PF: supervisor instruction fetch in kernel mode
  k|<1>#PF: error_code(0x0011) - permissions violation
  k|<...>
  k|<4>Oops: 0011 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  k|<6>note: insmod[89] exited with irqs disabled
  [137]
