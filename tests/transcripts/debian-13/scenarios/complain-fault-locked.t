# a fault with a lock held
  $ insmod complain_lock.ko what=fault_locked
  2| Killed
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000000
  k|<1>#PF: supervisor read access in kernel mode
  k|<1>#PF: error_code(0x0000) - not-present page
  k|<...>
  k|<4>Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>note: insmod[88] exited with irqs disabled
  k|<6>note: insmod[88] exited with preempt_count 1
  [137]
  $ rmmod complain_lock
  2| rmmod: ERROR: Module complain_lock is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12416
