# the kernel's own threads
  $ insmod task_list.ko
  k|<4>task_list: loading out-of-tree module taints kernel.
  k|<5>task_list: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>task_list: 0 4200002 0 0 120 120 swapper/0 of swapper/0, 1 thread(s), exit signal 0
  k|<6>task_list: 1 400100 2001 0 120 120 init of swapper/0, 1 thread(s), exit signal 17
  k|<6>task_list: 2 208040 1 0 120 120 kthreadd of swapper/0, 1 thread(s), exit signal 0
  k|<6>task_list: 3 208040 1 0 120 120 pool_workqueue_ of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_kthre of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_rude_ of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_trace of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 0 120 120 ksoftirqd/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_preempt of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 1 0 120 120 rcu_exp_par_gp_ of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 1 0 120 120 rcu_exp_gp_kthr of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 1 120 0 migration/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 1 120 49 idle_inject/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 0 120 120 cpuhp/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208140 1 0 120 120 kdevtmpfs of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 120 120 kauditd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 1 0 120 120 khungtaskd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 120 120 oom_reaper of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 210040 2001 0 120 120 kcompactd0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 125 125 ksmd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 1 1 120 49 irq/9-acpi of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 220840 1 0 120 120 kswapd0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: 20 threads of the kernel's
  k|<6>task_list: last is this one 1
  k|<6>task_list: worker of kthreadd, known 1
  k|<6>task_list: thread of kthreadd
  k|<6>task_list: last is the thread 1
  k|<6>task_list: 3 is pool_workqueue_
  $ rmmod task_list
