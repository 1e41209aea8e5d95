# more memory than there can be
  $ insmod complain_mm.ko what=kmalloc_array_overflow
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kmalloc_too_large_quietly
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kmalloc_too_large
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at mm/page_alloc.c:5634 __alloc_pages+0x2a9/0x330
  k|<...>
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kmalloc_too_large
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kvmalloc_too_large
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at mm/util.c:596 kvmalloc_node+0xc0/0xd0
  k|<...>
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=pages_too_large
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=vmalloc_nothing
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at mm/vmalloc.c:3227 __vmalloc_node_range+0x806/0x880
  k|<...>
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
