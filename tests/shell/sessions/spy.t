# probes of functions, and keys
  $ insmod spy.ko
  k|<4>spy: loading out-of-tree module taints kernel.
  k|<5>spy: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>input: spy keys as /devices/virtual/input/input2
  k|<6>kprobe 0, kretprobe 0
  $ cat /proc/spy; cat /proc/spy
  42
  pressed: 1
  42
  pressed: 1
  k|<6>spied with 4 and 2
  k|<6>returns 42
  k|<6>spied with 4 and 2
  k|<6>returns 42
  $ grep -A 3 spy /proc/bus/input/devices | cut -c 1-30; cat /sys/class/input/input*/name | grep spy
  N: Name="spy keys"
  P: Phys=
  S: Sysfs=/devices/virtual/inpu
  U: Uniq=
  spy keys
  $ grep ' spied' /proc/kallsyms | cut -d ' ' -f 2,3 | tr '\t' ' '; ls /sys/module/spy/sections | grep text
  t spied [spy]
  [1]
  $ rmmod spy; cat /proc/spy
  2| cat: can't open '/proc/spy': No such file or directory
  k|<6>missed 0 and 0
  [1]
