# chains of notifiers with SRCU and robust ones, work for an interrupt, bits that are waited for, and what this machine lacks
  $ insmod calls/kernel_small.ko
  k|<4>kernel_small: loading out-of-tree module taints kernel.
  k|<5>kernel_small: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_small: srcu_notifier_chain_register(&chain, &late) = 0
  k|<6>kernel_small: srcu_notifier_chain_register(&chain, &early) = 0
  k|<6>kernel_small: first told of 3
  k|<6>kernel_small: srcu told of 3
  k|<6>kernel_small: srcu_notifier_call_chain(&chain, 3, "srcu") = 1
  k|<6>kernel_small: first told of 7
  k|<6>kernel_small: srcu told of 7
  k|<6>kernel_small: notifier_to_errno(srcu_notifier_call_chain(&chain, 7, "srcu")) = -16
  k|<6>kernel_small: srcu_notifier_chain_unregister(&chain, &early) = 0
  k|<6>kernel_small: srcu_notifier_chain_unregister(&chain, &early) = -2
  k|<6>kernel_small: srcu_notifier_chain_unregister(&chain, &late) = 0
  k|<6>kernel_small: first told of 7
  k|<6>kernel_small: blocking told of 7
  k|<6>kernel_small: first told of 8
  k|<6>kernel_small: notifier_to_errno(blocking_notifier_call_chain_robust(&blocking, 7, 8, "blocking")) = -16
  k|<6>kernel_small: first told of 6
  k|<6>kernel_small: blocking told of 6
  k|<6>kernel_small: notifier_to_errno(blocking_notifier_call_chain_robust(&blocking, 6, 8, "blocking")) = 0
  k|<6>kernel_small: first told of 7
  k|<6>kernel_small: raw told of 7
  k|<6>kernel_small: first told of 9
  k|<6>kernel_small: notifier_to_errno(raw_notifier_call_chain_robust(&raw, 7, 9, "raw")) = -16
  k|<6>kernel_small: work in an interrupt: 1 1 1
  k|<6>kernel_small: irq_work_queue(&work) = 1
  k|<6>kernel_small: irq_work_is_busy(&work) = 0
  k|<6>kernel_small: work in an interrupt: 1 1 1
  k|<6>kernel_small: irq_work_queue(&work) = 1
  k|<6>kernel_small: irq_work_sync(&work)
  k|<6>kernel_small: the thread waits
  k|<6>kernel_small: word = 0x4
  k|<6>kernel_small: wait_on_bit(&word, 5, TASK_UNINTERRUPTIBLE) = 0
  k|<6>kernel_small: wait_on_bit(&word, 4, TASK_UNINTERRUPTIBLE) = 0
  k|<6>kernel_small: wait_on_bit_timeout(&word, 2, TASK_UNINTERRUPTIBLE, HZ / 20) = -11
  k|<6>kernel_small: yield()
  k|<6>kernel_small: virt_addr_valid(memory) = 1
  k|<6>kernel_small: virt_addr_valid(&variable) = 0
  k|<6>kernel_small: virt_addr_valid(0x1000) = 0
  k|<6>kernel_small: virt_addr_valid(PAGE_OFFSET) = 1
  k|<6>kernel_small: virt_addr_valid(PAGE_OFFSET + (1UL << 40)) = 0
  k|<6>kernel_small: virt_addr_valid(&jiffies) = 1
  k|<6>kernel_small: PTR_ERR(pwm_request(0, "calls")) = -517
  k|<6>kernel_small: PTR_ERR(pwm_request(-1, "calls")) = -22
  k|<6>kernel_small: PTR_ERR(pwm_request(1024, "calls")) = -22
  k|<6>kernel_small: pwm_free(NULL)
  k|<6>kernel_small: dma_request_channel(mask, NULL, NULL) is NULL
  k|<6>kernel_small: PTR_ERR(dma_request_chan_by_mask(&mask)) = -517
  k|<6>kernel_small: PTR_ERR(dma_request_chan_by_mask(NULL)) = -19
  k|<6>kernel_small: PTR_ERR(dma_request_chan(&device->dev, "tx")) = -517
  k|<6>kernel_small: read_cr0() = 0x80050033
  k|<6>kernel_small: refcount_read(&init_task.usage) = 2
  k|<6>kernel_small: thread->comm = "kthreadd"
  k|<6>kernel_small: refcount_read(&thread->usage) = 1
  k|<6>kernel_small: refcount_read(&get_task_struct(thread)->usage) = 2
  k|<6>kernel_small: refcount_read(&thread->usage) = 1
  k|<6>kernel_small: pair.second = "567"
  k|<6>kernel_small: whole = "1234567"
  $ rmmod kernel_small
