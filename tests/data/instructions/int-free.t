# vectors
  $ insmod insn.ko what=int n=32
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>insn: int: rax=0 rdx=0 rcx=20 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=33
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=21 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=34
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=22 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=35
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=23 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=36
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=24 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=37
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=25 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=38
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.38 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=26 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=39
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.39 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=27 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=40
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.40 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=28 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=41
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.41 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=29 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=42
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.42 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=43
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.43 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=44
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.44 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=45
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.45 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=46
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.46 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=47
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.47 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=2f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=48
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=30 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=49
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=31 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=50
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=32 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=51
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=33 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=52
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=34 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=53
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=35 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=54
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=36 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=55
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=37 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=56
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=38 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=57
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=39 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=58
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=59
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=60
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=61
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=62
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=63
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<6>insn: int: rax=0 rdx=0 rcx=3f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=64
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.64 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=40 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=65
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.65 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=41 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=66
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.66 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=42 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=67
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.67 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=43 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=68
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.68 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=44 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=69
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.69 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=45 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=70
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.70 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=46 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=71
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.71 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=47 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=72
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.72 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=48 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=73
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.73 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=49 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=74
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.74 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=75
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.75 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=76
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.76 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=77
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.77 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=78
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.78 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=79
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.79 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=4f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=80
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.80 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=50 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=81
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.81 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=51 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=82
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.82 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=52 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=83
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.83 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=53 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=84
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.84 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=54 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=85
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.85 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=55 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=86
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.86 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=56 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=87
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.87 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=57 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=88
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.88 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=58 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=89
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.89 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=59 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=90
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.90 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=91
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.91 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=92
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.92 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=93
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.93 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=94
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.94 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=95
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.95 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=5f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=96
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.96 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=60 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=97
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.97 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=61 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=98
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.98 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=62 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=99
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.99 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=63 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=100
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.100 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=64 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=101
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.101 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=65 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=102
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.102 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=66 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=103
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.103 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=67 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=104
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.104 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=68 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=105
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.105 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=69 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=106
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.106 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=107
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.107 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=108
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.108 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=109
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.109 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=110
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.110 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=111
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.111 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=6f moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=112
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.112 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=70 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=113
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.113 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=71 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=114
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.114 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=72 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=115
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.115 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=73 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=116
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.116 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=74 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=117
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.117 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=75 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=118
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.118 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=76 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=119
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.119 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=77 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=120
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.120 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=78 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=121
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.121 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=79 moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=122
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.122 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7a moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=123
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.123 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7b moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=124
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.124 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7c moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=125
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.125 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7d moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=126
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.126 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7e moved=0 area=0 0
  [1]
  $ insmod insn.ko what=int n=127
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<0>__common_interrupt: 0.127 No irq handler for vector
  k|<6>insn: int: rax=0 rdx=0 rcx=7f moved=0 area=0 0
  [1]
