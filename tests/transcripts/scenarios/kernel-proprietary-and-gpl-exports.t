# a module that uses exports of a proprietary and of a GPL module
  $ insmod prop_and_gpl.ko
  2| insmod: ERROR: could not insert module prop_and_gpl.ko: Unknown symbol in module
  k|<4>prop_and_gpl: loading out-of-tree module taints kernel.
  k|<5>prop_and_gpl: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>prop_and_gpl: Unknown symbol gpl_fn (err -2)
  k|<4>prop_and_gpl: Unknown symbol prop_fn (err -2)
  [1]
  $ insmod prop_mod.ko
  k|<4>prop_mod: module license 'Proprietary' taints kernel.
  k|<4>Disabling lock debugging due to kernel taint
  k|<6>prop_mod: init
  $ insmod prop_and_gpl.ko
  2| insmod: ERROR: could not insert module prop_and_gpl.ko: Unknown symbol in module
  k|<4>prop_and_gpl: Unknown symbol gpl_fn (err -2)
  k|<4>prop_and_gpl: module uses symbols prop_fn from proprietary module prop_mod, inheriting taint.
  [1]
  $ insmod gpl_export.ko
  k|<6>gpl_export: init
  $ insmod prop_and_gpl.ko
  2| insmod: ERROR: could not insert module prop_and_gpl.ko: Unknown symbol in module
  k|<3>prop_and_gpl: module using GPL-only symbols uses symbols prop_fn from proprietary module prop_mod.
  k|<4>prop_and_gpl: Unknown symbol prop_fn (err -2)
  [1]
  $ lsmod
  Module                  Size  Used by
  gpl_export             16384  0
  prop_mod               16384  0
  $ cat /proc/sys/kernel/tainted
  12289
  $ rmmod prop_and_gpl
  2| rmmod: ERROR: Module prop_and_gpl is not currently loaded
  [1]
