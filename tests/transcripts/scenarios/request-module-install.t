# request_module() of a name whose install command calls modprobe
  $ echo "install dia_base /sbin/modprobe --ignore-install dia_base && /sbin/modprobe hello_export" > /etc/modprobe.d/a.conf
  $ insmod request_mod.ko name=dia_base; lsmod
  Module                  Size  Used by
  hello_export           16384  0
  dia_base               16384  0
  request_mod            16384  0
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for dia_base
  k|<6>dia_base: init 11
  k|<6>Hello,world
  k|<6>request_mod: request_module returned 0
  $ rmmod request_mod; rmmod dia_base; rmmod hello_export
  k|<6>request_mod: exit
  k|<6>dia_base: exit
  k|<6>Bye bye
