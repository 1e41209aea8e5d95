# a tasklet that leaves preemption disabled
  $ insmod complain_atomic.ko what=in_tasklet_preempt
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: 100, in_atomic 1, irqs_disabled 0
  k|<3>softirq: huh, entered softirq 6 TASKLET 0000000010b905c5 with preempt_count 00000100, exited with 00000101?
  k|<6>complain_atomic: 0, in_atomic 0, irqs_disabled 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12288
