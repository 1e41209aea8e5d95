# work that leaves preemption disabled, or sleeps with a lock held
  $ insmod complain_atomic.ko what=in_work_preempt
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 9 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue: events work_preempt [complain_atomic]
  k|<...>
  k|<3>BUG: workqueue leaked atomic, lock or RCU: kworker/0:0[9]
  k|<3>     preempt=0x00000001 lock=0->0 RCU=0->0 workfn=work_preempt [complain_atomic]
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue: events work_preempt [complain_atomic]
  k|<...>
  k|<3>BUG: scheduling while atomic: kworker/0:0/9/0x00000002
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue:  0x0 (events)
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=in_work_sleep_locked
  k|<3>BUG: scheduling while atomic: kworker/0:0/9/0x00000002
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue: events work_sleeps [complain_atomic]
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: 7fffffff, in_atomic 1, irqs_disabled 0
  k|<3>BUG: workqueue leaked atomic, lock or RCU: kworker/0:0[9]
  k|<3>     preempt=0x7fffffff lock=0->0 RCU=0->0 workfn=work_sleeps [complain_atomic]
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue: events work_sleeps [complain_atomic]
  k|<...>
  k|<3>BUG: scheduling while atomic: kworker/0:0/9/0x00000000
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Workqueue:  0x0 (events)
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
