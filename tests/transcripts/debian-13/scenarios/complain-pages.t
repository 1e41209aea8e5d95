# pages freed twice, and as if kmalloc() had given them
  $ insmod complain_mm.ko what=free_page_twice
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: end
  k|<1>BUG: Bad page state in process insmod  pfn:0f414
  k|<4>page: refcount:-1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0xf414
  k|<4>flags: 0xfffffc0000000(node=0|zone=1|lastcpupid=0x1fffff)
  k|<4>raw: 000fffffc0000000 dead000000000100 dead000000000122 0000000000000000
  k|<4>raw: 0000000000000000 0000000000000000 ffffffffffffffff 0000000000000000
  k|<4>page dumped because: nonzero _refcount
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>Disabling lock debugging due to kernel taint
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=free_pages_of_wrong_order
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=put_page_twice
  k|<6>complain_mm: end
  k|<1>BUG: Bad page state in process insmod  pfn:0f42d
  k|<4>page: refcount:-1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0xf42d
  k|<4>flags: 0xfffffc0000000(node=0|zone=1|lastcpupid=0x1fffff)
  k|<4>raw: 000fffffc0000000 dead000000000100 dead000000000122 0000000000000000
  k|<4>raw: 0000000000000000 0000000000000000 ffffffffffffffff 0000000000000000
  k|<4>page dumped because: nonzero _refcount
  k|<...>
  k|<4>Tainted: [B]=BAD_PAGE, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kfree_large_twice
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at mm/slub.c:4799 free_large_kmalloc+0x36/0x60
  k|<...>
  k|<4>Tainted: [B]=BAD_PAGE, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>object pointer: 0x00000000990ed79d
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kfree_page
  k|<6>complain_mm: end
  k|<1>BUG: Bad page state in process insmod  pfn:0fb9c
  k|<4>page: refcount:-1 mapcount:0 mapping:0000000000000000 index:0x0 pfn:0xfb9c
  k|<4>flags: 0xfffffc0000000(node=0|zone=1|lastcpupid=0x1fffff)
  k|<4>raw: 000fffffc0000000 dead000000000100 dead000000000122 0000000000000000
  k|<4>raw: 0000000000000000 0000000000000000 ffffffffffffffff 0000000000000000
  k|<4>page dumped because: nonzero _refcount
  k|<...>
  k|<4>Tainted: [B]=BAD_PAGE, [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12832
