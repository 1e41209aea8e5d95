# vfree() of what is no beginning of an area, or no area
  $ insmod complain_mm.ko what=vfree_kmalloc
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<3>Trying to vfree() nonexistent vm area (00000000065c4db6)
  k|<4>WARNING: CPU: 0 PID: 88 at mm/vmalloc.c:2758 __vunmap+0x7e/0x340
  k|<...>
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=vfree_twice
  k|<4>------------[ cut here ]------------
  k|<3>Trying to vfree() nonexistent vm area (00000000ee255ef7)
  k|<4>WARNING: CPU: 0 PID: 39 at mm/vmalloc.c:2758 __vunmap+0x7e/0x340
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
  k|<4>Trying to vfree() bad address (00000000de78ede7)
  k|<4>WARNING: CPU: 0 PID: 39 at mm/vmalloc.c:2752 __vunmap+0x31a/0x340
  k|<...>
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
