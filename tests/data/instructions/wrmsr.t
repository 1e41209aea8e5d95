# wrmsr
  $ insmod insn.ko what=wrmsr n=0xc0000080
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>insn: wrmsr: rax=d01 rdx=0 rcx=c0000080 moved=0 area=0 0
  [1]
