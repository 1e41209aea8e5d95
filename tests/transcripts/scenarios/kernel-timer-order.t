# in one step of the wheel of timers, the timer that was set last comes first, and the sleeper who slept last
  $ insmod timer_order.ko
  k|<4>timer_order: loading out-of-tree module taints kernel.
  k|<5>timer_order: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>timer_order: the same tick
  k|<6>timer_order: third
  k|<6>timer_order: second
  k|<6>timer_order: first
  k|<6>timer_order: the same step, from afar
  k|<6>timer_order: third
  k|<6>timer_order: second
  k|<6>timer_order: first
  k|<6>timer_order: first
  k|<6>timer_order: second
  $ rmmod timer_order
  k|<6>timer_order: c has slept
  k|<6>timer_order: b has slept
  k|<6>timer_order: a has slept
