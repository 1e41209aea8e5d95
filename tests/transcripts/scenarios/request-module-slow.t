# request_module() of a module whose init sleeps; request_module_nowait()
  $ insmod request_mod.ko name=slow_init; lsmod
  Module                  Size  Used by
  slow_init              16384  0
  request_mod            16384  0
  k|<4>request_mod: loading out-of-tree module taints kernel.
  k|<5>request_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>request_mod: asking for slow_init
  k|<6>slow_init: start
  k|<6>slow_init: done
  k|<6>request_mod: request_module returned 0
  $ rmmod request_mod slow_init
  k|<6>request_mod: exit
  k|<6>slow_init: exit
  $ insmod request_more.ko names=dia_base nowait=1; sleep 1
  k|<6>request_more: dia_base: 0
  k|<6>request_more: hello_export is not there
  k|<6>request_more: init returns 0
  k|<6>dia_base: init 11
  $ lsmod
  Module                  Size  Used by
  dia_base               16384  0
  request_more           16384  0
