# a timer that leaves preemption disabled
  $ insmod complain_atomic.ko what=in_timer_preempt
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 101, in_atomic 1, irqs_disabled 0
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 0 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>timer: timer_preempt+0x0/0x30 [complain_atomic] preempt leak: 00000101 -> 00000102
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/time/timer.c:1801 call_timer_fn+0x10c/0x120
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=in_timer_preempt
  k|<6>complain_atomic: 101, in_atomic 1, irqs_disabled 0
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
