# ldmxcsr
  $ insmod insn.ko what=ldmxcsr
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>insn: ldmxcsr: rax=1f80 rdx=0 rcx=0 moved=0 area=1f80 0
  [1]
