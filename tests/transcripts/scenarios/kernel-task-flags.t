# flags of threads, workers and callers
  $ insmod task_flags.ko
  k|<4>task_flags: loading out-of-tree module taints kernel.
  k|<5>task_flags: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>task_flags: caller: 00400100
  k|<6>task_flags: worker: 04208060
  k|<6>task_flags: worker: 04208060
  k|<6>task_flags: thread: 00208040
  $ rmmod task_flags
  k|<6>task_flags: caller: 00400100
