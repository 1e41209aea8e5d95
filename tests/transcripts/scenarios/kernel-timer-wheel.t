# timers run, and sleepers wake, in the step of the wheel that follows
  $ insmod timer_wheel.ko
  k|<4>timer_wheel: loading out-of-tree module taints kernel.
  k|<5>timer_wheel: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>timer_wheel: 1: 0 off
  k|<6>timer_wheel: 2: 0 off
  k|<6>timer_wheel: 5: 0 off
  k|<6>timer_wheel: 62: 0 off
  k|<6>timer_wheel: 63: 0 off
  k|<6>timer_wheel: 64: 0 off
  k|<6>timer_wheel: 100: 0 off
  k|<6>timer_wheel: 250: 0 off
  k|<6>timer_wheel: 503: 0 off
  k|<6>timer_wheel: 504: 0 off
  k|<6>timer_wheel: 505: 0 off
  k|<6>timer_wheel: 700: 0 off
  k|<6>timer_wheel: sleep 1: 0 off
  k|<6>timer_wheel: sleep 2: 0 off
  k|<6>timer_wheel: sleep 5: 0 off
  k|<6>timer_wheel: sleep 62: 0 off
  k|<6>timer_wheel: sleep 63: 0 off
  k|<6>timer_wheel: sleep 64: 0 off
  k|<6>timer_wheel: sleep 100: 0 off
  k|<6>timer_wheel: sleep 250: 0 off
  k|<6>timer_wheel: sleep 503: 0 off
  k|<6>timer_wheel: sleep 504: 0 off
  k|<6>timer_wheel: sleep 505: 0 off
  k|<6>timer_wheel: sleep 700: 0 off
  $ rmmod timer_wheel
