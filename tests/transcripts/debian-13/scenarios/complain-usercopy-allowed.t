# copies to and from a program that hardened usercopy lets pass, or only warns of
  $ insmod complain_mm.ko what=usercopy_fits
  k|<4>complain_mm: loading out-of-tree module taints kernel.
  k|<5>complain_mm: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_mm: 64 left of 64
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=usercopy_page
  k|<6>complain_mm: 200 left of 200
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=usercopy_vmalloc
  k|<6>complain_mm: 4096 left of 4096
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=usercopy_data
  k|<6>complain_mm: 64 left of 64
  k|<6>complain_mm: 640 left of 640
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=usercopy_into_kmalloc
  k|<4>------------[ cut here ]------------
  k|<4>Buffer overflow detected (100 < 200)!
  k|<4>WARNING: CPU: 0 PID: 45 at mm/maccess.c:228 __copy_overflow+0x1a/0x30
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: 200
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ insmod complain_mm.ko what=usercopy_stack
  k|<4>------------[ cut here ]------------
  k|<4>Buffer overflow detected (64 < 32768)!
  k|<4>WARNING: CPU: 0 PID: 45 at mm/maccess.c:228 __copy_overflow+0x1a/0x30
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_mm: 32768 left of 32768
  k|<6>complain_mm: end
  $ rmmod complain_mm
  k|<6>complain_mm: exit
  $ cat /proc/sys/kernel/tainted
  12800
