# a timer that takes a mutex
  $ insmod complain_lock.ko what=mutex_in_timer
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: timer
  k|<6>complain_lock: taken
  k|<6>complain_lock: held
  k|<6>complain_lock: timer
  k|<3>BUG: scheduling while atomic: swapper/0/0/0x00000102
  k|<...>
  k|<3>bad: scheduling from the idle thread!
  k|<...>
  k|<3>bad: scheduling from the idle thread!
  k|<...>
  k|<3>bad: scheduling from the idle thread!
  k|<...>
  k|<6>complain_lock: after
  k|<6>complain_lock: end
