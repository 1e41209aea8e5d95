# a module given back too often, or asked for while it goes
  $ insmod complain_lock.ko what=module_put_too_often
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: -1
  k|<6>complain_lock: 0
  k|<6>complain_lock: -1
  k|<6>complain_lock: end
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 88 at kernel/module/main.c:887 module_put+0x71/0x80
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_lock
  [1]
  $ cat /proc/sys/kernel/tainted
  12800
