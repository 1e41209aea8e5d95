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
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/time/timer.c:1564 __timer_delete_sync+0xb9/0xd0
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
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/irq/manage.c:1887 free_irq+0x1d3/0x340
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=irq_flags_differ
  k|<6>complain_lock: 0
  k|<3>genirq: Flags mismatch irq 5. 00000000 (second) vs. 00000080 (first)
  k|<6>complain_lock: -16
  k|<3>genirq: Flags mismatch irq 1. 00000000 (keyboard) vs. 00000080 (i8042)
  k|<6>complain_lock: -16
  k|<6>complain_lock: 0
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/irq/manage.c:1887 free_irq+0x1d3/0x340
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
