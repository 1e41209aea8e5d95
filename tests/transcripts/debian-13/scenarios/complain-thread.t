# a thread that ends with preemption disabled, or sleeps with a lock held
  $ insmod complain_atomic.ko what=in_thread_preempt
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 1, in_atomic 1, irqs_disabled 0
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 89 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<3>BUG: scheduling while atomic: complainer/89/0x00000002
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=in_thread_sleep_locked
  k|<3>BUG: scheduling while atomic: complainer/46/0x00000002
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: 7fffffff, in_atomic 1, irqs_disabled 0
  k|<3>BUG: scheduling while atomic: complainer/46/0x00000000
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
