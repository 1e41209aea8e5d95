# timers, hrtimers, tasklets and work, and a program that waits for them
  $ insmod chimes.ko
  k|<4>chimes: loading out-of-tree module taints kernel.
  k|<5>chimes: module verification failed: signature and/or required key missing - tainting kernel
  $ echo 2 >/proc/chimes; cat /proc/chimes
  rung
  k|<6>pending before: 0
  k|<6>hrtimer in interrupt, tick 1
  k|<6>hrtimer in interrupt, tick 2
  k|<6>timer in softirq, 1 left
  k|<6>hrtimer in interrupt, tick 3
  k|<6>timer in softirq, 0 left
  k|<6>tasklet in softirq
  k|<6>work in task of kworker/u2
  k|<6>delayed work after at least 50 ms: 1
  $ echo 0 >/proc/chimes; echo x >/proc/chimes; echo 0x1 >/proc/chimes; cat /proc/chimes
  rung
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  k|<6>pending before: 0
  k|<6>hrtimer in interrupt, tick 1
  k|<6>hrtimer in interrupt, tick 2
  k|<6>timer in softirq, 0 left
  k|<6>tasklet in softirq
  k|<6>work in task of kworker/u2
  k|<6>hrtimer in interrupt, tick 3
  k|<6>delayed work after at least 50 ms: 1
  $ (cat /proc/chimes; cat /proc/chimes) & sleep 0.2; echo 1 >/proc/chimes; wait
  rung
  silence
  k|<6>pending before: 0
  k|<6>hrtimer in interrupt, tick 1
  k|<6>hrtimer in interrupt, tick 2
  k|<6>timer in softirq, 0 left
  k|<6>tasklet in softirq
  k|<6>work in task of kworker/u2
  k|<6>hrtimer in interrupt, tick 3
  k|<6>delayed work after at least 50 ms: 1
  $ timeout 1 cat /proc/chimes; echo $?
  143
  2| Terminated
  $ echo 3 >/proc/chimes; cat /proc/chimes; rmmod chimes
  rung
  k|<6>pending before: 0
  k|<6>hrtimer in interrupt, tick 1
  k|<6>hrtimer in interrupt, tick 2
  k|<6>timer in softirq, 2 left
  k|<6>hrtimer in interrupt, tick 3
  k|<6>timer in softirq, 1 left
  k|<6>timer in softirq, 0 left
  k|<6>tasklet in softirq
  k|<6>work in task of kworker/u2
  k|<6>delayed work after at least 50 ms: 1
  k|<6>timer 0, hrtimer 0, delayed 0
