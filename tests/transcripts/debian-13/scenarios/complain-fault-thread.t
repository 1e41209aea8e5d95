# a fault in a thread
  $ insmod complain_lock.ko what=faults_in_thread
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
  k|<6>note: complainer[89] exited with irqs disabled
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ cat /proc/sys/kernel/tainted
  12416
