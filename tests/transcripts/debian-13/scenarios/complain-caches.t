# objects freed to another cache, and a cache destroyed with an object in it
  $ insmod complain_mm.ko what=cache_twice
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: 1 1
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=wrong_cache
  k|<4>------------[ cut here ]------------
  k|<4>cache_from_obj: Wrong slab cache. complain_b but object is from complain_a
  k|<4>WARNING: CPU: 0 PID: 45 at mm/slub.c:4770 kmem_cache_free+0x378/0x440
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: after
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=wrong_cache_kmalloc
  k|<4>------------[ cut here ]------------
  k|<4>cache_from_obj: Wrong slab cache. complain_a but object is from kmalloc-64
  k|<4>WARNING: CPU: 0 PID: 45 at mm/slub.c:4770 kmem_cache_free+0x378/0x440
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: after
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=cache_with_objects
  k|<6>complain_mm: 1
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
