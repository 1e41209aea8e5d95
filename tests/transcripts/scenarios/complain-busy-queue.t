# a workqueue that is destroyed while its work sleeps
  $ insmod complain_atomic.ko what=queue_destroyed_busy
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: work ends
  k|<6>complain_atomic: destroyed
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=wake_nothing
  k|<6>complain_atomic: 0
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=halt_instruction
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=warn
  k|<4>------------[ cut here ]------------
  k|<4>complain_atomic: warned 5
  k|<4>WARNING: CPU: 0 PID: 39 at /tmp/tmpihd_6qwx/modules/complain_atomic.c:461 warn+0x16/0x30 [complain_atomic]
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at /tmp/tmpihd_6qwx/modules/complain_atomic.c:462 warn+0x18/0x30 [complain_atomic]
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at /tmp/tmpihd_6qwx/modules/complain_atomic.c:463 warn+0x1a/0x30 [complain_atomic]
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
