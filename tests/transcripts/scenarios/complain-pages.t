# pages freed twice, and as if kmalloc() had given them
  $ insmod complain_mm.ko what=free_page_twice
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=free_pages_of_wrong_order
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=put_page_twice
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kfree_large_twice
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 39 at mm/slab_common.c:904 free_large_kmalloc+0x3c/0x70
  k|<...>
  k|<4>object pointer: 0x00000000fdf0f310
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=kfree_page
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
