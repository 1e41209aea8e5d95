# request_module() runs the program that /proc/sys/kernel/modprobe names, and none if it is empty
  $ cat /proc/sys/kernel/modprobe
  /sbin/modprobe
  $ echo > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -2
  k|<6>request_mod: exit
  $ echo /nonexistent > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -2
  k|<6>request_mod: exit
  $ echo /etc > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -13
  k|<6>request_mod: exit
  $ echo /etc/passwd > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<6>request_mod: asking for chain_a
  k|<6>request_mod: request_module returned -13
  k|<6>request_mod: exit
  $ echo /usr/sbin/modprobe > /proc/sys/kernel/modprobe; insmod request_mod.ko name=chain_a; rmmod request_mod; lsmod
  Module                  Size  Used by
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for chain_a
  k|<6>chain_c: init 11
  k|<6>chain_b: init 22
  k|<6>chain_a: init 33
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo modprobe > /proc/sys/kernel/modprobe; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod
  Module                  Size  Used by
  chain_a                16384  0
  chain_b                16384  1 chain_a
  chain_c                16384  1 chain_b
  k|<6>request_mod: asking for dia_base
  k|<6>request_mod: request_module returned -2
  k|<6>request_mod: exit
  $ echo /sbin/modprobe > /proc/sys/kernel/modprobe; echo 1 > /proc/sys/kernel/modules_disabled; cat /proc/sys/kernel/modprobe
  /sbin/modprobe
