# reference counters that are wrong: each warning comes once
  $ insmod complain_mm.ko what=refcount_underflow
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: 1
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: underflow; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 88 at lib/refcount.c:28 refcount_warn_saturate+0xbe/0x110
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: 0
  k|<6>complain_mm: 0
  k|<6>complain_mm: c0000000
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=refcount_from_zero
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: addition on 0; use-after-free.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:25 refcount_warn_saturate+0xe5/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: c0000000
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=refcount_saturated
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: saturated; leaking memory.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:22 refcount_warn_saturate+0x55/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: c0000000
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: saturated; leaking memory.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:19 refcount_warn_saturate+0x9b/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: 1
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=refcount_leaked
  k|<4>------------[ cut here ]------------
  k|<4>refcount_t: decrement hit 0; leaking memory.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/refcount.c:31 refcount_warn_saturate+0xff/0x110
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: c0000000
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=refcount_underflow
  k|<6>complain_mm: 1
  k|<6>complain_mm: 0
  k|<6>complain_mm: 0
  k|<6>complain_mm: c0000000
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
