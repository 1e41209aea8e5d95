# what may not be done in interrupts or with them disabled, and interrupts that are taken
  $ insmod complain_lock.ko what=kill_in_tasklet
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: tasklet
  k|<5>softirq: Attempt to kill tasklet from interrupt
  k|<6>complain_lock: killed
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=delete_in_hardirq
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/time/timer.c:1658 __timer_delete_sync+0xae/0xc0
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_lock: in hardirq 0
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=bh_in_irqs_off
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=smp_call_irqs_off
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/irq/manage.c:1913 free_irq+0x19c/0x2c0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=irq_flags_differ
  k|<6>complain_lock: 0
  k|<3>genirq: Flags mismatch irq 5. 00200000 (second) vs. 00200080 (first)
  k|<6>complain_lock: -16
  k|<3>genirq: Flags mismatch irq 1. 00200000 (keyboard) vs. 00200080 (i8042)
  k|<6>complain_lock: -16
  k|<6>complain_lock: 0
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/irq/manage.c:1913 free_irq+0x19c/0x2c0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_lock: -22
  k|<3>genirq: Threaded irq requested with handler=NULL and !ONESHOT for threaded (irq 5)
  k|<6>complain_lock: -22
  k|<6>complain_lock: 0
  k|<6>complain_lock: -22
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=timer_twice_deleted
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: 0
  k|<6>complain_lock: 0
  k|<6>complain_lock: 0
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ cat /proc/sys/kernel/tainted
  12800
