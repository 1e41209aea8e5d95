# numbers of devices and others that are taken, too large or given back twice
  $ insmod complain_name.ko what=chrdev_numbers
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_name: 0
  k|<6>complain_name: -16
  k|<3>CHRDEV "complain" major requested (600) is greater than the maximum (511)
  k|<6>complain_name: -22
  k|<6>complain_name: -16
  k|<3>CHRDEV "complain" major requested (512) is greater than the maximum (511)
  k|<6>complain_name: -22
  k|<3>CHRDEV "complain" minor range requested (0-2097151) is out of range of maximum range (0-1048575) for a single major
  k|<6>complain_name: -22
  k|<3>CHRDEV "complain" minor range requested (1048320-1048831) is out of range of maximum range (0-1048575) for a single major
  k|<6>complain_name: -22
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=cdev_twice
  k|<6>complain_name: 0
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>WARNING: CPU: 0 PID: 45 at fs/char_dev.c:486 cdev_add+0x68/0x80
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -16
  k|<6>complain_name: after
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=numbers_given_back
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>ida_free called for id=0 which is not allocated.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/idr.c:527 ida_free+0xeb/0x140
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>ida_free called for id=5 which is not allocated.
  k|<4>WARNING: CPU: 0 PID: 45 at lib/idr.c:527 ida_free+0xeb/0x140
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 1
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=regions
  k|<6>complain_name: 0
  k|<6>complain_name: 0
  k|<4>resource: Trying to free nonexistent resource <0x0000010000000000-0x0000010000000fff>
  k|<4>resource: Trying to free nonexistent resource <0x0000010000000000-0x0000010000000fff>
  k|<4>resource: Trying to free nonexistent resource <0x0000000000005000-0x000000000000500f>
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
