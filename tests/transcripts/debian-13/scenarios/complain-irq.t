# interrupts that are freed or enabled too often
  $ insmod complain_atomic.ko what=free_irq_unknown
  k|<4>complain_atomic: loading out-of-tree module taints kernel.
  k|<5>complain_atomic: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/irq/manage.c:1913 free_irq+0x19c/0x2c0
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>Unpatched return thunk in use. This should not happen!
  k|<4>WARNING: CPU: 0 PID: 88 at arch/x86/kernel/cpu/bugs.c:3524 __warn_thunk+0x2a/0x40
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=free_irq_other
  k|<6>complain_atomic: 0
  k|<4>------------[ cut here ]------------
  k|<4>Trying to free already-free IRQ 5
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/irq/manage.c:1913 free_irq+0x19c/0x2c0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=enable_irq_twice
  k|<6>complain_atomic: 0
  k|<4>------------[ cut here ]------------
  k|<4>Unbalanced enable for IRQ 5
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/irq/manage.c:791 __enable_irq+0x3b/0x60
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ insmod complain_atomic.ko what=irq_no_cookie
  k|<6>complain_atomic: -22
  k|<6>complain_atomic: -22
  k|<6>complain_atomic: -22
  k|<6>complain_atomic: end
  $ rmmod complain_atomic
  k|<6>complain_atomic: exit
  $ cat /proc/sys/kernel/tainted
  12800
