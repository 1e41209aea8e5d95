# a module of an older version
  $ modinfo -F version ver_mod_old.ko
  1.0
  $ insmod ver_mod_old.ko
  k|<4>ver_mod_old: loading out-of-tree module taints kernel.
  k|<5>ver_mod_old: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>ver_mod_old: init
  $ cat /sys/module/ver_mod_old/version
  1.0
  $ rmmod ver_mod_old
  k|<6>ver_mod_old: exit
