# locks that are never set up, taken or given back twice, or wanted by a timer
  $ insmod complain_lock.ko what=lock_never_set_up
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: taken
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=trylock_twice
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: 0
  k|<6>complain_lock: 1
  k|<6>complain_lock: 0
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=timer_wants_lock_bh
  k|<6>complain_lock: taken
  k|<6>complain_lock: given back
  k|<6>complain_lock: timer
  k|<6>complain_lock: taken in timer
  k|<6>complain_lock: after
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ insmod complain_lock.ko what=unlock_twice
  k|<6>complain_lock: 0
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: exit
  $ cat /proc/sys/kernel/tainted
  12288
