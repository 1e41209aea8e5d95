# cmpxchg16b
  $ insmod insn.ko what=cmpxchg16b
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>insn: cmpxchg16b: rax=0 rdx=0 rcx=0 moved=0 area=ffffffffc0206000 0
  [1]
