# What the kernel asks modprobe for when a file of a device is opened, for whose number no driver answers
  $ printf '#!/bin/sh\necho "$3" >> /tmp/asked\nexec /sbin/modprobe "$@"\n' > /tmp/loader; chmod +x /tmp/loader; echo /tmp/loader > /proc/sys/kernel/modprobe
  $ insmod nobody.ko; cat /dev/nobody; cat /tmp/asked; rm /tmp/asked
  char-major-240-3
  char-major-240
  2| cat: can't open '/dev/nobody': No such device or address
  k|<4>nobody: loading out-of-tree module taints kernel.
  k|<5>nobody: module verification failed: signature and/or required key missing - tainting kernel
  $ echo 'alias char-major-240-3 dummy' > /etc/modprobe.d/a.conf; cat /dev/nobody; cat /tmp/asked; rm /tmp/asked; lsmod
  char-major-240-3
  Module                  Size  Used by
  dummy                  16384  0
  nobody                 16384  0
  2| cat: can't open '/dev/nobody': No such device or address
  $ rmmod nobody; insmod nobody.ko major=10 minor=77; cat /dev/nobody; cat /tmp/asked; rm /tmp/asked
  char-major-10-77
  2| cat: can't open '/dev/nobody': No such device
  $ echo > /proc/sys/kernel/modprobe; cat /dev/nobody; rmmod nobody
  2| cat: can't open '/dev/nobody': No such device
