# the kernel's own threads
  $ insmod task_list.ko
  k|<4>task_list: loading out-of-tree module taints kernel.
  k|<5>task_list: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>task_list: 0 4200002 0 0 120 120 swapper/0 of swapper/0, 1 thread(s), exit signal 0
  k|<6>task_list: 1 400100 2001 0 120 120 init of swapper/0, 1 thread(s), exit signal 17
  k|<6>task_list: 2 208040 1 0 120 120 kthreadd of swapper/0, 1 thread(s), exit signal 0
  k|<6>task_list: 3 4208060 402 0 100 100 rcu_gp of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: 4 4208060 402 0 100 100 rcu_par_gp of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: 5 4208060 402 0 100 100 slub_flushwq of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: 6 4208060 402 0 100 100 netns of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 mm_percpu_wq of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_kthre of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_rude_ of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_tasks_trace of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 0 120 120 ksoftirqd/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 402 0 120 120 rcu_preempt of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 1 120 0 migration/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208040 1 0 120 120 cpuhp/0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208140 1 0 120 120 kdevtmpfs of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 inet_frag_wq of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 120 120 kauditd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 208040 1 0 120 120 khungtaskd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 120 120 oom_reaper of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 writeback of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 120 120 kcompactd0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 200040 2001 0 125 125 ksmd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 kintegrityd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 kblockd of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 blkcg_punt_bio of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 tpm_dev_wq of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 edac-poller of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 devfreq_wq of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 quota_events_un of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 220840 1 0 120 120 kswapd0 of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 kthrotld of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 acpi_thermal_pm of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 mld of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 ipv6_addrconf of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 kstrp of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: -1 4208060 402 0 100 100 zswap-shrink of kthreadd, 1 thread(s), exit signal 17
  k|<6>task_list: 35 threads of the kernel's
  k|<6>task_list: last is this one 1
  k|<6>task_list: worker of kthreadd, known 1
  k|<6>task_list: thread of kthreadd
  k|<6>task_list: last is the thread 1
  k|<6>task_list: 3 is rcu_gp
  $ rmmod task_list
