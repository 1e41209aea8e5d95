# names in /proc that are taken, not there, odd, or have others below
  $ insmod complain_name.ko what=proc_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry '/proc/complain' already registered
  k|<4>WARNING: CPU: 0 PID: 88 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 1 0
  k|<4>------------[ cut here ]------------
  k|<4>name 'complain'
  k|<4>WARNING: CPU: 0 PID: 88 at fs/proc/generic.c:733 remove_proc_entry+0xb6/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=proc_folder_twice
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry '/proc/complain' already registered
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 1 0
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry 'complain/in' already registered
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0 1
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry 'complain/in' already registered
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry '/proc/version' already registered
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>proc_dir_entry 'complain/in' already registered
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:399 proc_register+0x182/0x220
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=proc_with_children
  k|<4>------------[ cut here ]------------
  k|<4>remove_proc_entry: removing non-empty directory '/proc/complain', leaking at least 'first'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:739 remove_proc_entry+0x19f/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: removed
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=proc_with_children_below
  k|<6>complain_name: 1
  k|<4>------------[ cut here ]------------
  k|<4>remove_proc_entry: removing non-empty directory 'driver/complain', leaking at least 'first'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:739 remove_proc_entry+0x19f/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: removed
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=proc_not_there
  k|<4>------------[ cut here ]------------
  k|<4>name 'nobody'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:733 remove_proc_entry+0xb6/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>name 'nobody'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:733 remove_proc_entry+0xb6/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>name 'nowhere/nobody'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:174 __xlate_proc_name+0x8f/0xe0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<4>------------[ cut here ]------------
  k|<4>name 'complain/nobody'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:733 remove_proc_entry+0xb6/0x1d0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: -2
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=proc_odd_names
  k|<4>------------[ cut here ]------------
  k|<4>name len 0
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:428 __proc_create+0x22c/0x280
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>name 'nowhere/nobody'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:174 __xlate_proc_name+0x8f/0xe0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>name len 299
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:428 __proc_create+0x22c/0x280
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>name '/'
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:174 __xlate_proc_name+0x8f/0xe0
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<4>------------[ cut here ]------------
  k|<4>name len 0
  k|<4>WARNING: CPU: 0 PID: 45 at fs/proc/generic.c:428 __proc_create+0x22c/0x280
  k|<...>
  k|<4>Tainted: [W]=WARN, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12800
