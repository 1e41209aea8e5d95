# timers and work that were never initialised
  $ insmod complain_atomic.ko what=timer_not_set_up
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=flush_not_set_up
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/workqueue.c:3073 flush_work+0x80/0x90
  k|<...>
  k|<6>complain_atomic: 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/workqueue.c:3073 __flush_work+0x85/0x90
  k|<...>
  k|<6>complain_atomic: 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=work_not_set_up
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at kernel/workqueue.c:1502 __queue_work+0x33c/0x440
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
