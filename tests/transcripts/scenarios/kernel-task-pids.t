# numbers of tasks, signals to threads, calls on all processors
  $ insmod task_pids.ko
  k|<4>task_pids: loading out-of-tree module taints kernel.
  k|<5>task_pids: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>task_pids: found 1, number 1
  k|<6>task_pids: task 1, taker, again 1
  k|<6>task_pids: numbers 1 1 1
  k|<6>task_pids: nobody 1
  k|<6>task_pids: init there
  k|<6>task_pids: current 1
  k|<6>task_pids: wrong signal -22 -22 0
  k|<6>task_pids: ignored 0
  k|<6>task_pids: sent 0
  k|<6>task_pids: signal pending 1
  k|<6>task_pids: after flush 0
  k|<6>task_pids: stopped 0
  k|<6>task_pids: on a processor, interrupts off 1, first
  k|<6>task_pids: on a processor, interrupts off 1, third
  k|<6>task_pids: 1970-01-01 00:00:00 4 1 1
  k|<6>task_pids: 2000-02-28 23:59:59 1 59 1
  k|<6>task_pids: 2000-02-29 00:00:00 2 60 1
  k|<6>task_pids: 2023-11-14 22:13:20 2 318 1
  k|<6>task_pids: 2099-12-31 23:59:59 4 365 1
  $ rmmod task_pids
