# /proc/sys/kernel/modprobe names other programs: scripts, and true and false
  $ printf '#!/bin/sh\necho "$0" "$@" "$HOME" "$TERM" "$MODPROBE_OPTIONS" > /tmp/given\nexec /sbin/modprobe "$3"\n' > /tmp/loader; chmod +x /tmp/loader
  $ echo /tmp/loader > /proc/sys/kernel/modprobe; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod; cat /tmp/given
  Module                  Size  Used by
  dia_base               16384  0
  /tmp/loader -q -- dia_base / linux 
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ printf '#!/bin/sh\nexit 7\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 1792
  k|<6>request_mod: exit
  $ printf '#!/bin/sh\nkill -15 $$\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 15
  k|<6>request_mod: exit
  $ printf '#!/no/such/shell\nexit 7\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -2
  k|<6>request_mod: exit
  $ printf 'exit 7\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -8
  k|<6>request_mod: exit
  $ printf '' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<4>request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: 50), for module binfmt-0000, throttling...
  k|<4>request_module: modprobe binfmt-0000 cannot be processed, kmod busy with 50 threads for more than 5 seconds now
  k|<6>request_mod: request_module returned -8
  k|<6>request_mod: exit
  $ printf '#!/bin/sh -e\nfalse\nexit 7\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ printf '#!\n' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<4>request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: 50), for module binfmt-000a, throttling...
  k|<4>request_module: modprobe binfmt-000a cannot be processed, kmod busy with 50 threads for more than 5 seconds now
  k|<6>request_mod: request_module returned -8
  k|<6>request_mod: exit
  $ printf '#! /bin/sh' > /tmp/loader; insmod request_mod.ko name=chain_a; rmmod request_mod
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo /bin/true > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo /bin/false > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ echo /sbin/insmod > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ echo /sbin/lsmod > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ echo /bin/kmod > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ printf '#!/sbin/modprobe\n' > /tmp/loader; echo /tmp/loader > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_c; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_c
  k|<3>Invalid ELF header len 17
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
  $ printf '#!/sbin/modprobe -nv\n' > /tmp/loader; insmod request_mod.ko name=chain_c; rmmod request_mod; lsmod
  Module                  Size  Used by
  dia_base               16384  0
  k|<6>request_mod: asking for chain_c
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ printf '#!/tmp/inner one two  \n' > /tmp/loader; printf '#!/bin/sh\necho \"$0\" \"$@\" > /tmp/given; insmod /t/hello_export.ko' > /tmp/inner; chmod +x /tmp/inner; insmod request_mod.ko name=chain_c; rmmod request_mod; lsmod; cat /tmp/given
  Module                  Size  Used by
  hello_export           16384  0
  dia_base               16384  0
  "/tmp/inner" "one two /tmp/loader -q -- chain_c"
  k|<6>request_mod: asking for chain_c
  k|<6>Hello,world
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ printf '#!/tmp/loader\n' > /tmp/loader; insmod request_mod.ko name=chain_c; rmmod request_mod
  k|<6>request_mod: asking for chain_c
  k|<6>request_mod: request_module returned -40
  k|<6>request_mod: exit
  $ printf '\177ELF' > /tmp/loader; insmod request_mod.ko name=chain_c; rmmod request_mod
  k|<6>request_mod: asking for chain_c
  k|<4>request_module: kmod_concurrent_max (0) close to 0 (max_modprobes: 50), for module binfmt-464c, throttling...
  k|<4>request_module: modprobe binfmt-464c cannot be processed, kmod busy with 50 threads for more than 5 seconds now
  k|<6>request_mod: request_module returned -8
  k|<6>request_mod: exit
  $ chmod -x /tmp/loader; insmod request_mod.ko name=chain_c; rmmod request_mod
  k|<6>request_mod: asking for chain_c
  k|<6>request_mod: request_module returned -13
  k|<6>request_mod: exit
