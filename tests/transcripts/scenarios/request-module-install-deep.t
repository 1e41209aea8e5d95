# Install commands that load modules whose init asks for others, which have install commands themselves
  $ cp request_more.ko /lib/modules/$(uname -r)/extra/; depmod
  $ echo 'install request_mod /sbin/modprobe --ignore-install request_mod name=request_more $CMDLINE_OPTS && /sbin/modprobe hello_use_export' > /etc/modprobe.d/a.conf
  $ echo 'install request_more modprobe -i request_more names=chain_a,dia_left' >> /etc/modprobe.d/a.conf
  $ echo 'install chain_b modprobe -i chain_b && false' >> /etc/modprobe.d/a.conf
  $ echo 'install dia_base modprobe -i $CMDLINE_OPTS dia_base && modprobe test_mod' >> /etc/modprobe.d/a.conf
  $ modprobe request_mod; lsmod
  Module                  Size  Used by
  hello_use_export       16384  0
  hello_export           16384  1 hello_use_export
  dia_left               16384  0
  test_mod               16384  0
  dia_base               16384  1 dia_left
  chain_b                16384  0
  chain_c                16384  1 chain_b
  request_more           16384  0
  request_mod            16384  0
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for request_more
  k|<6>chain_c: init 11
  k|<6>chain_b: init 22
  k|<6>request_more: chain_a: 256
  k|<6>dia_base: init 11
  k|<4>test_mod: loading test module taints kernel.
  k|<6>test_mod: init
  k|<6>dia_left: init 22
  k|<6>request_more: dia_left: 0
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  k|<6>request_mod: request_module returned 0
  k|<6>Hello,world
  k|<6>hello world 0
  k|<6>Hello from another module
  $ rmmod request_mod request_more; lsmod
  Module                  Size  Used by
  chain_a                16384  0
  hello_use_export       16384  0
  hello_export           16384  1 hello_use_export
  dia_left               16384  0
  test_mod               16384  0
  dia_base               16384  1 dia_left
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: exit
  k|<6>chain_a: init 33
  k|<6>request_more: exit, chain_a: 0
  $ echo 'install dia_base modprobe request_mod name=chain_c' > /etc/modprobe.d/a.conf; modprobe -r dia_left; insmod request_more.ko names=dia_base; lsmod
  Module                  Size  Used by
  request_mod            16384  0
  request_more           16384  0
  chain_a                16384  0
  hello_use_export       16384  0
  hello_export           16384  1 hello_use_export
  test_mod               16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>dia_left: exit
  k|<6>dia_base: exit
  k|<6>request_mod: asking for chain_c
  k|<6>request_mod: request_module returned 0
  k|<6>request_more: dia_base: 0
  k|<4>failing symbol_get of non-GPLONLY symbol hello_export.
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  $ rm /etc/modprobe.d/a.conf; rmmod request_more request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  chain_a                16384  0
  hello_use_export       16384  0
  hello_export           16384  1 hello_use_export
  test_mod               16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>dia_base: init 11
  k|<6>request_more: exit, dia_base: 0
  k|<6>request_mod: exit
  $ echo 'install oopser insmod /t/oopser.ko; echo $? > /tmp/oops' > /etc/modprobe.d/a.conf; insmod request_mod.ko name=oopser; cat /tmp/oops; lsmod
  137
  Module                  Size  Used by
  oopser                 16384  1
  request_mod            16384  0
  dia_base               16384  0
  chain_a                16384  0
  hello_use_export       16384  0
  hello_export           16384  1 hello_use_export
  test_mod               16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for oopser
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000000
  k|<1>#PF: supervisor write access in kernel mode
  k|<1>#PF: error_code(0x0002) - not-present page
  k|<...>
  k|<4>Oops: 0002 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<6>request_mod: request_module returned 0
