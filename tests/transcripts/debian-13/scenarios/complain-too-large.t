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
  k|<4>WARNING: CPU: 0 PID: 45 at mm/page_alloc.c:4835 __alloc_pages_noprof+0x2a7/0x310
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
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
  k|<4>WARNING: CPU: 0 PID: 45 at mm/util.c:670 __kvmalloc_node_noprof+0xc5/0xd0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
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
  k|<4>WARNING: CPU: 0 PID: 45 at mm/vmalloc.c:3838 __vmalloc_node_range_noprof+0x792/0x810
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: 0
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
