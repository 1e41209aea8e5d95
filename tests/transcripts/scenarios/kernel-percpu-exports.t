# per-cpu variables that one module exports are those that another one uses
  $ insmod percpu_export.ko
  k|<4>percpu_export: loading out-of-tree module taints kernel.
  k|<5>percpu_export: module verification failed: signature and/or required key missing - tainting kernel
  $ insmod percpu_user.ko
  k|<6>percpu_user: 4 42
  $ cat /sys/module/percpu_export/parameters/values
  4 42
  $ grep '\[percpu_export\]' /proc/kallsyms | grep -o ' . percpu_[a-z]*' | sort
   A percpu_second
   a percpu_first
  $ ls /sys/module/percpu_export/sections | grep percpu
  [1]
  $ rmmod percpu_export
  2| rmmod: ERROR: Module percpu_export is in use by: percpu_user
  [1]
  $ rmmod percpu_user
  $ cat /sys/module/percpu_export/parameters/values
  0 0
  $ rmmod percpu_export
