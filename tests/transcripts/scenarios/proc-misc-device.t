# a module with a misc device
  $ insmod proc_hold.ko
  k|<4>proc_hold: loading out-of-tree module taints kernel.
  k|<5>proc_hold: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /sys/class/misc/proc_hold/uevent
  MAJOR=10
  MINOR=124
  DEVNAME=proc_hold
  $ lsmod
  Module                  Size  Used by
  proc_hold              16384  0
  $ rmmod proc_hold
  $ cat /sys/class/misc/proc_hold/uevent
  2| cat: can't open '/sys/class/misc/proc_hold/uevent': No such file or directory
  [1]
