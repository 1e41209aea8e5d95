# a module that is going is asked for
  $ insmod complain_lock.ko later=module_gone
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: end
  $ rmmod complain_lock
  k|<6>complain_lock: 0
  k|<6>complain_lock: -1
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at kernel/module/main.c:887 module_put+0x71/0x80
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_lock: -1
  k|<6>complain_lock: exit
  $ lsmod
  Module                  Size  Used by
  $ insmod complain_lock.ko what=module_get
  k|<6>complain_lock: 1
  k|<6>complain_lock: end
  $ lsmod
  Module                  Size  Used by
  complain_lock          28672  1
  $ rmmod complain_lock
  2| rmmod: ERROR: Module complain_lock is in use
  [1]
  $ cat /proc/sys/kernel/tainted
  12800
