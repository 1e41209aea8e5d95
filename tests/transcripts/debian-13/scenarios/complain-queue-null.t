# work for a workqueue that is not there
  $ insmod complain_lock.ko what=queue_on_nothing
  2| Killed
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/mm/fault.c:1276 do_user_addr_fault+0x2bc/0x650
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000101
  k|<1>#PF: supervisor read access in kernel mode
  k|<1>#PF: error_code(0x0000) - not-present page
  k|<...>
  k|<4>Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>note: insmod[88] exited with irqs disabled
  [137]
  $ rmmod complain_lock
  2| rmmod: ERROR: Module complain_lock is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12928
