# a tasklet that sleeps
  $ insmod complain_lock.ko what=sleep_in_tasklet
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: tasklet
  k|<3>BUG: scheduling while atomic: ksoftirqd/0/14/0x00000101
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  k|<6>complain_lock: slept
  k|<3>softirq: huh, entered softirq 6 TASKLET 00000000e9010de0 with preempt_count 00000100, exited with 00000000?
