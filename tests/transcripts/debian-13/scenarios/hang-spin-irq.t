# a spin lock taken twice with interrupts disabled
  $ insmod complain_lock.ko what=spin_irq_twice
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: first
  [hung]
