# a kobject that was never set up is added
  $ insmod complain_name.ko what=kobject_not_set_up
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>kobject: kobject '(null)' (0000000001185c70): tried to add an uninitialized object, something is seriously wrong.
  k|<...>
  k|<3>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -22
  k|<4>------------[ cut here ]------------
  k|<4>kobject: '(null)' (0000000001185c70): is not initialized, yet kobject_put() is being called.
  k|<4>WARNING: CPU: 0 PID: 88 at lib/kobject.c:734 kobject_put+0xc1/0x1d0
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: underflow; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 88 at lib/refcount.c:28 refcount_warn_saturate+0xbe/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -22
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
