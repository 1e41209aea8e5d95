# request_module() of a module whose init oopses: modprobe dies, and the module that asked goes on
  $ cp oopser.ko /lib/modules/6.1.0-56-amd64/extra/; depmod; insmod request_mod.ko name=oopser
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for oopser
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000000
  k|<1>#PF: supervisor write access in kernel mode
  k|<1>#PF: error_code(0x0002) - not-present page
  k|<...>
  k|<4>Oops: 0002 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<6>request_mod: request_module returned 9
  $ lsmod
  Module                  Size  Used by
  oopser                 16384  1
  request_mod            16384  0
  $ rmmod request_mod
  k|<6>request_mod: exit
