# vfree() of what is no beginning of an area, or no area
  $ insmod complain_mm.ko what=vfree_kmalloc
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<3>Trying to vfree() nonexistent vm area (0000000067311433)
  k|<4>WARNING: CPU: 0 PID: 88 at mm/vmalloc.c:3426 vfree.part.0+0x10f/0x250
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=vfree_twice
  k|<4>------------[ cut here ]------------
  k|<3>Trying to vfree() nonexistent vm area (000000001f5cc3a3)
  k|<4>WARNING: CPU: 0 PID: 45 at mm/vmalloc.c:3426 vfree.part.0+0x10f/0x250
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=vfree_middle
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=vfree_unaligned
  k|<4>------------[ cut here ]------------
  k|<4>Trying to vfree() bad address (00000000f7c7a887)
  k|<4>WARNING: CPU: 0 PID: 45 at mm/vmalloc.c:3291 remove_vm_area+0x61/0x70
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<3>Trying to vfree() nonexistent vm area (00000000f7c7a887)
  k|<4>WARNING: CPU: 0 PID: 45 at mm/vmalloc.c:3426 vfree.part.0+0x10f/0x250
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
