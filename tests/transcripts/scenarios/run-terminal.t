# who loads a module here has no terminal, and the console in front has one that sets the keyboards' lights
  $ insmod tty_out.ko
  k|<4>tty_out: loading out-of-tree module taints kernel.
  k|<5>tty_out: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>tty_out: the terminal is NULL
  k|<6>tty_out: fgconsole is 0
  k|<6>tty_out: console[0/63] #0, tty 1
  k|<6>tty_out: tty driver name (null)
  k|<6>tty_out: KDSETLED 7 says 0
  k|<6>tty_out: KDSETLED ff says 0
  $ rmmod tty_out
  k|<6>tty_out: the terminal is NULL
  k|<6>tty_out: KDSETLED ff says 0
