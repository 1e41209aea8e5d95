# request_module(): a module asks for others, which modprobe finds, does not find, has already, or is told not to load
  $ insmod request_mod.ko name=chain_a
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for chain_a
  k|<6>chain_c: init 11
  k|<6>chain_b: init 22
  k|<6>chain_a: init 33
  k|<6>request_mod: request_module returned 0
  $ lsmod
  Module                  Size  Used by
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  request_mod            16384  0
  $ rmmod request_mod; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: exit
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=no_such_module; rmmod request_mod
  k|<6>request_mod: asking for no_such_module
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=; rmmod request_mod
  k|<6>request_mod: asking for 
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=-V; rmmod request_mod
  k|<6>request_mod: asking for -V
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=oracle-alias; rmmod request_mod; lsmod
  Module                  Size  Used by
  alias_mod2             16384  0
  alias_mod              16384  0
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for oracle-alias
  k|<6>alias_mod: init
  k|<6>alias_mod2: init
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ rmmod alias_mod; echo "blacklist alias_mod" > /etc/modprobe.d/blacklist.conf
  k|<6>alias_mod: exit
  $ insmod request_mod.ko name=oracle-alias; rmmod request_mod; lsmod
  Module                  Size  Used by
  alias_mod2             16384  0
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for oracle-alias
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=alias_mod; rmmod request_mod; lsmod
  Module                  Size  Used by
  alias_mod              16384  0
  alias_mod2             16384  0
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for alias_mod
  k|<6>alias_mod: init
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=fail_enodev; rmmod request_mod
  k|<6>request_mod: asking for fail_enodev
  k|<6>fail_enodev: init returns -ENODEV
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ insmod request_mod.ko name=init_ret; rmmod request_mod
  k|<6>request_mod: asking for init_ret
  k|<6>init_ret: returning 0
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo "options request_mod name=dia_top" > /etc/modprobe.d/options.conf
  $ insmod request_more.ko names=request_mod,no_such symbol=dia_top_fn; lsmod
  Module                  Size  Used by
  dia_top                16384  0
  dia_left               16384  1 dia_top
  dia_right              16384  1 dia_top
  dia_base               16384  2 dia_left,dia_right
  request_mod            16384  0
  request_more           16384  0
  init_ret               16384  0
  alias_mod              16384  0
  alias_mod2             16384  0
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for dia_top
  k|<6>dia_base: init 11
  k|<6>dia_right: init 22
  k|<6>dia_left: init 22
  k|<6>dia_top: init 55
  k|<6>request_mod: request_module returned 0
  k|<6>request_more: request_mod: 0
  k|<6>request_more: no_such: 256
  k|<4>failing symbol_get of non-GPLONLY symbol dia_top_fn.
  k|<6>request_more: dia_top_fn is not there
  k|<6>request_more: init returns 0
  $ rmmod request_more
  k|<6>request_more: exit, request_mod: 0
  $ rmmod request_mod; insmod request_more.ko names=hello_export symbol=hello_export; cat /sys/module/hello_export/refcnt
  0
  k|<6>request_mod: exit
  k|<6>Hello,world
  k|<6>request_more: hello_export: 0
  k|<4>failing symbol_get of non-GPLONLY symbol hello_export.
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  $ rmmod request_more hello_export
  k|<6>request_more: exit, hello_export: 0
  k|<6>Bye bye
  $ insmod request_more.ko names=hello_export result=-19
  2| insmod: ERROR: could not insert module request_more.ko: No such device
  k|<6>Hello,world
  k|<6>request_more: hello_export: 0
  k|<4>failing symbol_get of non-GPLONLY symbol hello_export.
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns -19
  [1]
  $ lsmod
  Module                  Size  Used by
  hello_export           16384  0
  dia_top                16384  0
  dia_left               16384  1 dia_top
  dia_right              16384  1 dia_top
  dia_base               16384  2 dia_left,dia_right
  init_ret               16384  0
  alias_mod              16384  0
  alias_mod2             16384  0
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  $ insmod request_more.ko names=0123456789012345678901234567890123456789012345678901234
  k|<6>request_more: 0123456789012345678901234567890123456789012345678901234: 256
  k|<4>failing symbol_get of non-GPLONLY symbol hello_export.
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  $ rmmod request_more; insmod request_more.ko names=01234567890123456789012345678901234567890123456789012345
  k|<6>request_more: exit, 0123456789012345678901234567890123456789012345678901234: 256
  k|<6>request_more: 01234567890123456789012345678901234567890123456789012345: -36
  k|<4>failing symbol_get of non-GPLONLY symbol hello_export.
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  $ rmmod request_more
  k|<6>request_more: exit, 01234567890123456789012345678901234567890123456789012345: -36
