# vector
  $ insmod insn.ko what=int n=249
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>mce: Unexpected threshold interrupt at vector f9
  k|<6>insn: int: rax=0 rdx=0 rcx=f9 moved=0 area=0 0
  [1]
