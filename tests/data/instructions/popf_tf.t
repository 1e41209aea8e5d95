# popf_tf
  $ insmod insn.ko what=popf_tf
  2| insmod: ERROR: could not insert module insn.ko: Operation canceled
  k|<4>insn: loading out-of-tree module taints kernel.
  k|<5>insn: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 89 at arch/x86/kernel/traps.c:1089 exc_debug+0x101/0x1a0
  k|<...>
  k|<4> <#DB>
  k|<...>
  k|<4> </#DB>
  k|<...>
  k|<4> ? 0xffffffffc020c000
  k|<...>
  k|<6>insn: popf_tf: rax=346 rdx=0 rcx=0 moved=0 area=0 0
  [1]
