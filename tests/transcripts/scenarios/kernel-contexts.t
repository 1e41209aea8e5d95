# who runs tasklets, timers and soft timers: the task that each finds, for each way in which it comes to run
  $ insmod contexts.ko what=hrtimer_while_asleep
  k|<4>contexts: loading out-of-tree module taints kernel.
  k|<5>contexts: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>contexts: hrtimer: swapper/0, hardirq, irqs off
  k|<6>contexts: slept: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=hrtimer_while_busy
  k|<6>contexts: hrtimer: insmod, hardirq, irqs off
  k|<6>contexts: busy: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=soft_hrtimer_while_busy
  k|<6>contexts: soft hrtimer: insmod, softirq, irqs on
  k|<6>contexts: busy: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_from_busy_timer
  k|<6>contexts: timer: insmod, softirq, irqs on
  k|<6>contexts: scheduled: insmod, softirq, irqs on
  k|<6>contexts: tasklet: insmod, softirq, irqs on
  k|<6>contexts: busy: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_from_thread
  k|<6>contexts: thread: contexts, task, irqs on
  k|<6>contexts: scheduled: contexts, task, irqs on
  k|<6>contexts: tasklet: ksoftirqd/0, softirq, irqs on
  k|<6>contexts: thread slept: contexts, task, irqs on
  k|<6>contexts: slept: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_from_timer
  k|<6>contexts: timer: swapper/0, softirq, irqs on
  k|<6>contexts: scheduled: swapper/0, softirq, irqs on
  k|<6>contexts: tasklet: swapper/0, softirq, irqs on
  k|<6>contexts: slept: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_in_bh
  k|<6>contexts: scheduled: insmod, softirqs off, irqs on
  k|<6>contexts: tasklet: insmod, softirq, irqs on
  k|<6>contexts: enabled: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_in_lock
  k|<6>contexts: scheduled: insmod, softirqs off, irqs on
  k|<6>contexts: tasklet: insmod, softirq, irqs on
  k|<6>contexts: unlocked: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_then_busy
  k|<6>contexts: scheduled: insmod, task, irqs on
  k|<6>contexts: tasklet: insmod, softirq, irqs on
  k|<6>contexts: busy: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=tasklet_then_sleep
  k|<6>contexts: scheduled: insmod, task, irqs on
  k|<6>contexts: tasklet: ksoftirqd/0, softirq, irqs on
  k|<6>contexts: slept: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=timer_while_asleep
  k|<6>contexts: timer: swapper/0, softirq, irqs on
  k|<6>contexts: slept: insmod, task, irqs on
  $ rmmod contexts
  $ insmod contexts.ko what=timer_while_busy
  k|<6>contexts: timer: insmod, softirq, irqs on
  k|<6>contexts: busy: insmod, task, irqs on
  $ rmmod contexts
