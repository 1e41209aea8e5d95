# timers and work that were never initialised
  $ insmod complain_atomic.ko what=timer_not_set_up
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 0
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=flush_not_set_up
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/workqueue.c:4241 __flush_work+0x378/0x3a0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/workqueue.c:4241 __flush_work+0x378/0x3a0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=work_not_set_up
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/workqueue.c:2360 __queue_work.part.0+0x2c8/0x3b0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
