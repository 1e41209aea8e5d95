# a timer that sleeps
  $ insmod complain_lock.ko what=sleep_in_timer
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: timer
  k|<3>BUG: scheduling while atomic: swapper/0/0/0x00000102
  k|<...>
  k|<3>bad: scheduling from the idle thread!
  k|<...>
  k|<6>complain_lock: slept
  k|<4>------------[ cut here ]------------
  k|<4>timer: timer_sleeps+0x0/0x27 [complain_lock] preempt leak: 00000101 -> 00000000
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/time/timer.c:1707 call_timer_fn+0x120/0x130
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/sched/core.c:6686 schedule_idle+0x33/0x40
  k|<...>
  k|<3>bad: scheduling from the idle thread!
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
