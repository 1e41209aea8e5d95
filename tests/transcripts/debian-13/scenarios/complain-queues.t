# workqueues that are destroyed while they have work, and odd ones
  $ insmod complain_lock.ko what=queue_while_destroyed
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 0 at kernel/workqueue.c:2294 __queue_work+0x4e/0x80
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: destroyed
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=no_queue_name
  k|<4>workqueue: max_active 10000 requested for complain is out of range, clamping between 1 and 512
  k|<6>complain_lock: 1
  k|<4>workqueue: name exceeds WQ_NAME_LEN. Truncating to: a_name_that_is_much_longer_than
  k|<6>complain_lock: 1
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ cat /proc/sys/kernel/tainted
  12800
