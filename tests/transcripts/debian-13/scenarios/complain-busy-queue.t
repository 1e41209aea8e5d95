# a workqueue that is destroyed while its work sleeps
  $ insmod complain_atomic.ko what=queue_destroyed_busy
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_atomic: work ends
  k|<6>complain_atomic: destroyed
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
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
  k|<4>WARNING: CPU: 0 PID: 45 at /tmp/tmpe1l4uenu/modules/complain_atomic.c:461 warn+0x1a/0x40 [complain_atomic]
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at /tmp/tmpe1l4uenu/modules/complain_atomic.c:462 warn+0x1c/0x40 [complain_atomic]
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at /tmp/tmpe1l4uenu/modules/complain_atomic.c:463 warn+0x1e/0x40 [complain_atomic]
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
