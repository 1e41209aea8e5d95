# init returns where nobody may sleep, or with interrupts disabled
  $ insmod complain_atomic.ko what=preempt_off
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 1, in_atomic 1, irqs_disabled 0
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 88 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=preempt_on
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=irqs_off
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 1
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with disabled interrupts 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=bh_off
  k|<6>complain_atomic: 200, in_atomic 1, irqs_disabled 0
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=bh_underflow
  k|<6>complain_atomic: 7ffffe00, in_atomic 1, irqs_disabled 0
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=locked
  k|<6>complain_atomic: 1, in_atomic 1, irqs_disabled 0
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=locked_irq
  k|<6>complain_atomic: 1, in_atomic 1, irqs_disabled 1
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance disabled interrupts 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=unlocked_only
  k|<6>complain_atomic: end
  k|<4>------------[ cut here ]------------
  k|<4>initcall complain_atomic_init+0x0/0xff0 [complain_atomic] returned with preemption imbalance 
  k|<4>WARNING: CPU: 0 PID: 45 at init/main.c:1253 do_one_initcall+0x27c/0x310
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
