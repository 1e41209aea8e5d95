# request_module() of names that modprobe.d gives commands which do nothing
  $ echo "install dia_base /bin/true" > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for dia_base
  k|<6>request_mod: request_module returned 0
  k|<6>request_mod: exit
  $ echo "install dia_base /bin/false" > /etc/modprobe.d/a.conf; insmod request_mod.ko name=dia_base; rmmod request_mod; lsmod
  Module                  Size  Used by
  k|<6>request_mod: asking for dia_base
  k|<6>request_mod: request_module returned 256
  k|<6>request_mod: exit
