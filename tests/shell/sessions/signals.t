# signals that a driver sends to programs
  $ insmod signaller.ko
  k|<4>signaller: loading out-of-tree module taints kernel.
  k|<5>signaller: module verification failed: signature and/or required key missing - tainting kernel
  $ sh -c 'trap "echo got it" USR1; echo $$ 10 >/dev/signaller; echo after'
  got it
  after
  k|<6>signaller: sh, itself 1
  $ sh -c 'trap "echo got it" USR1; exec 3>/dev/signaller; echo $$ 10 later >&3; sleep 1; echo after'
  got it
  after
  k|<6>signaller: sh, itself 1
  k|<6>signaller: signal 10 sent: 0
  $ sh -c 'echo $$ 9 >/dev/signaller; echo never'; echo $?
  137
  2| Killed
  k|<6>signaller: sh, itself 1
  $ sh -c 'echo $$ 0 >/dev/signaller; echo never'; echo 1 99 >/dev/signaller
  2| Real-time signal 30
  2| sh: 1: echo: echo: I/O error
  k|<6>signaller: sh, itself 1
  k|<6>signaller: init, itself 0
  [1]
  $ rmmod signaller
