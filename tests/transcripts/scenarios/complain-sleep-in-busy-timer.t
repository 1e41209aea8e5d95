# a timer that sleeps in the middle of what init does
  $ insmod complain_lock.ko what=sleep_in_timer_busy
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: timer
  k|<3>BUG: scheduling while atomic: insmod/88/0x00000101
  k|<...>
  k|<6>complain_lock: slept
  k|<4>------------[ cut here ]------------
  k|<4>timer: timer_sleeps+0x0/0x27 [complain_lock] preempt leak: 00000100 -> 00000000
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/time/timer.c:1707 call_timer_fn+0x120/0x130
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ cat /proc/sys/kernel/tainted
  12800
