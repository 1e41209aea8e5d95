# waiting, being woken, threads and work: kernel/sched, kernel/workqueue.c, kernel/kthread.c
  $ insmod calls/kernel_wait.ko
  k|<4>kernel_wait: loading out-of-tree module taints kernel.
  k|<5>kernel_wait: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_wait: completion_done(&c) = 0
  k|<6>kernel_wait: try_wait_for_completion(&c) = 0
  k|<6>kernel_wait: wait_for_completion_timeout(&c, 2) = 0
  k|<6>kernel_wait: wait_for_completion_interruptible_timeout(&c, 2) = 0
  k|<6>kernel_wait: wait_for_completion_killable_timeout(&c, 2) = 0
  k|<6>kernel_wait: wait_for_completion_io_timeout(&c, 2) = 0
  k|<6>kernel_wait: completion_done(&c) = 1
  k|<6>kernel_wait: try_wait_for_completion(&c) = 1
  k|<6>kernel_wait: completion_done(&c) = 0
  k|<6>kernel_wait: wait_for_completion(&c)
  k|<6>kernel_wait: wait_for_completion_timeout(&c, 9) = 9
  k|<6>kernel_wait: wait_for_completion_interruptible(&c) = 0
  k|<6>kernel_wait: wait_for_completion_killable(&c) = 0
  k|<6>kernel_wait: wait_for_completion_io(&c)
  k|<6>kernel_wait: wait_for_completion_killable_timeout(&c, 9) = 9
  k|<6>kernel_wait: wait_for_completion_interruptible_timeout(&c, 9) = 9
  k|<6>kernel_wait: wait_for_completion_io_timeout(&c, 9) = 9
  k|<6>kernel_wait: completion_done(&c) = 1
  k|<6>kernel_wait: c.done == UINT_MAX = 1
  k|<6>kernel_wait: completion_done(&c) = 0
  k|<6>kernel_wait: swait_active(&sq) = 0
  k|<6>kernel_wait: waitqueue_active(&q) = 0
  k|<6>kernel_wait: add_wait_queue(&q, &a)
  k|<6>kernel_wait: add_wait_queue_exclusive(&q, &b)
  k|<6>kernel_wait: waitqueue_active(&q) = 1
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: wake_up(&q)
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: wake_up_all(&q)
  k|<6>kernel_wait: woken, mode 1, sync 0, key 0
  k|<6>kernel_wait: woken, mode 1, sync 0, key 0
  k|<6>kernel_wait: wake_up_interruptible(&q)
  k|<6>kernel_wait: woken, mode 3, sync 0, key 5
  k|<6>kernel_wait: woken, mode 3, sync 0, key 5
  k|<6>kernel_wait: __wake_up(&q, TASK_NORMAL, 1, (void *)5)
  k|<6>kernel_wait: woken, mode 3, sync 16, key 0
  k|<6>kernel_wait: woken, mode 3, sync 16, key 0
  k|<6>kernel_wait: __wake_up_sync(&q, TASK_NORMAL)
  k|<6>kernel_wait: woken, mode 3, sync 16, key 6
  k|<6>kernel_wait: woken, mode 3, sync 16, key 6
  k|<6>kernel_wait: __wake_up_sync_key(&q, TASK_NORMAL, (void *)6)
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: __wake_up_locked(&q, TASK_NORMAL, 1)
  k|<6>kernel_wait: woken, mode 3, sync 0, key 7
  k|<6>kernel_wait: woken, mode 3, sync 0, key 7
  k|<6>kernel_wait: __wake_up_locked_key(&q, TASK_NORMAL, (void *)7)
  k|<6>kernel_wait: woken, mode 3, sync 16, key 8
  k|<6>kernel_wait: woken, mode 3, sync 16, key 8
  k|<6>kernel_wait: __wake_up_locked_sync_key(&q, TASK_NORMAL, (void *)8)
  k|<6>kernel_wait: remove_wait_queue(&q, &a)
  k|<6>kernel_wait: woken, mode 3, sync 0, key 0
  k|<6>kernel_wait: wake_up(&q)
  k|<6>kernel_wait: remove_wait_queue(&q, &b)
  k|<6>kernel_wait: waitqueue_active(&q) = 0
  k|<6>kernel_wait: wake_up(&q)
  k|<6>kernel_wait: waitqueue_active(&q) = 1
  k|<6>kernel_wait: READ_ONCE(current->__state) = 1
  k|<6>kernel_wait: schedule_timeout(2) = 0
  k|<6>kernel_wait: READ_ONCE(current->__state) = 0
  k|<6>kernel_wait: waitqueue_active(&q) = 1
  k|<6>kernel_wait: prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE) = 1
  k|<6>kernel_wait: waitqueue_active(&q) = 1
  k|<6>kernel_wait: mine.flags = 1
  k|<6>kernel_wait: prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE) = 0
  k|<6>kernel_wait: mine.flags = 0
  k|<6>kernel_wait: prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE) = 0
  k|<6>kernel_wait: q.head.prev == &mine.entry = 1
  k|<6>kernel_wait: waitqueue_active(&q) = 0
  k|<6>kernel_wait: READ_ONCE(current->__state) = 0
  k|<6>kernel_wait: woken.flags = 2
  k|<6>kernel_wait: wait_event_timeout(q, flag, 2) = 0
  k|<6>kernel_wait: wait_event_interruptible_timeout(q, !flag, 9) = 9
  k|<6>kernel_wait: waiter saw 5
  k|<6>kernel_wait: queue_work(wq, &work) = 1
  k|<6>kernel_wait: work 1 in 1
  k|<6>kernel_wait: flush_workqueue(wq)
  k|<6>kernel_wait: ran = 1
  k|<6>kernel_wait: queue_delayed_work(wq, &delayed, 1000) = 1
  k|<6>kernel_wait: queue_delayed_work(wq, &delayed, 1) = 0
  k|<6>kernel_wait: work_busy(&delayed.work) = 1
  k|<6>kernel_wait: work_busy(&work) = 0
  k|<6>kernel_wait: work 2 in 1
  k|<6>kernel_wait: flush_delayed_work(&delayed)
  k|<6>kernel_wait: flush_delayed_work(&delayed) = 0
  k|<6>kernel_wait: ran = 2
  k|<6>kernel_wait: queue_delayed_work(wq, &delayed, 1000) = 1
  k|<6>kernel_wait: mod_delayed_work(wq, &delayed, 1) = 1
  k|<6>kernel_wait: work 3 in 1
  k|<6>kernel_wait: ran = 3
  k|<6>kernel_wait: mod_delayed_work(wq, &delayed, 1000) = 0
  k|<6>kernel_wait: cancel_delayed_work(&delayed) = 1
  k|<6>kernel_wait: cancel_delayed_work(&delayed) = 0
  k|<6>kernel_wait: cancel_delayed_work_sync(&delayed) = 0
  k|<6>kernel_wait: flush_workqueue(wq)
  k|<6>kernel_wait: drain_workqueue(wq)
  k|<6>kernel_wait: cancel_work(&second) = 0
  k|<6>kernel_wait: cancel_work_sync(&second) = 0
  k|<6>kernel_wait: flush_work(&second) = 0
  k|<6>kernel_wait: workqueue_set_max_active(wq, 5)
  k|<6>kernel_wait: current_work() is NULL
  k|<6>kernel_wait: destroy_workqueue(wq)
  k|<6>kernel_wait: queue_work(system_wq, &work) = 1
  k|<6>kernel_wait: work 4 in 1
  k|<6>kernel_wait: queue_work(system_long_wq, &work) = 1
  k|<6>kernel_wait: work 5 in 1
  k|<6>kernel_wait: queue_work(system_highpri_wq, &work) = 1
  k|<6>kernel_wait: work 6 in 1
  k|<6>kernel_wait: queue_work(system_unbound_wq, &work) = 1
  k|<6>kernel_wait: work 7 in 1
  k|<6>kernel_wait: queue_work_node(NUMA_NO_NODE, system_unbound_wq, &second) = 1
  k|<6>kernel_wait: work 8 in 1
  k|<6>kernel_wait: queue_work(system_freezable_wq, &work) = 1
  k|<6>kernel_wait: work 9 in 1
  k|<6>kernel_wait: queue_work(system_power_efficient_wq, &work) = 1
  k|<6>kernel_wait: work 10 in 1
  k|<6>kernel_wait: queue_work(system_freezable_power_efficient_wq, &work) = 1
  k|<6>kernel_wait: work 11 in 1
  k|<6>kernel_wait: schedule_delayed_work(&delayed, 1) = 1
  k|<6>kernel_wait: work 12 in 1
  k|<6>kernel_wait: t->comm = "parks/3"
  k|<6>kernel_wait: kthread_bind(t, 0)
  k|<6>kernel_wait: wake_up_process(t) = 1
  k|<6>kernel_wait: parking
  k|<6>kernel_wait: kthread_park(t) = 0
  k|<6>kernel_wait: kthread_unpark(t)
  k|<6>kernel_wait: going on
  k|<6>kernel_wait: sched_set_fifo(t)
  k|<6>kernel_wait: t->policy = 1
  k|<6>kernel_wait: sched_set_fifo_low(t)
  k|<6>kernel_wait: t->policy = 1
  k|<6>kernel_wait: sched_set_normal(t, 5)
  k|<6>kernel_wait: t->policy = 0
  k|<6>kernel_wait: task_nice(t) = 5
  k|<6>kernel_wait: set_user_nice(t, -5)
  k|<6>kernel_wait: task_nice(t) = -5
  k|<6>kernel_wait: stopping
  k|<6>kernel_wait: kthread_stop(t) = 7
  k|<6>kernel_wait: frozen 0
  k|<6>kernel_wait: kthread_stop(t) = -3
  k|<6>kernel_wait: kthread_stop(t) = -4
  k|<6>kernel_wait: kthread_stop(t) = -4
  k|<6>kernel_wait: kthread_park(t) = 0
  k|<6>kernel_wait: kthread_unpark(t)
  k|<6>kernel_wait: stopping
  k|<6>kernel_wait: kthread_stop(t) = 7
  k|<6>kernel_wait: kthread_park(t) = 0
  k|<6>kernel_wait: stopping
  k|<6>kernel_wait: kthread_stop(t) = 7
  k|<6>kernel_wait: completing
  k|<6>kernel_wait: kthread_queue_work(w, &kwork) = 1
  k|<6>kernel_wait: kthread work 1
  k|<6>kernel_wait: kthread_flush_work(&kwork)
  k|<6>kernel_wait: kthread_queue_delayed_work(w, &kdelayed, 1000) = 1
  k|<6>kernel_wait: kthread_queue_delayed_work(w, &kdelayed, 1) = 0
  k|<6>kernel_wait: kthread_mod_delayed_work(w, &kdelayed, 1) = 1
  k|<6>kernel_wait: kthread work 2
  k|<6>kernel_wait: ran = 2
  k|<6>kernel_wait: kthread_mod_delayed_work(w, &kdelayed, 1000) = 0
  k|<6>kernel_wait: kthread_cancel_delayed_work_sync(&kdelayed) = 1
  k|<6>kernel_wait: kthread_cancel_work_sync(&kwork) = 0
  k|<6>kernel_wait: kthread work 3
  k|<6>kernel_wait: kthread_flush_worker(w)
  k|<6>kernel_wait: kthread_destroy_worker(w)
  k|<6>kernel_wait: w->task->comm = "worker-on-0"
  k|<6>kernel_wait: kthread work 4
  k|<6>kernel_wait: kthread work 5
  k|<6>kernel_wait: kthread_stop(t) = 0
  k|<6>kernel_wait: ran = 5
  $ rmmod kernel_wait
