# a character device that one program at a time may open, with a class, a file of sysfs and a node in a folder
  $ insmod mailbox.ko
  k|<4>mailbox: loading out-of-tree module taints kernel.
  k|<5>mailbox: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>box of 40 bytes at minor 0: 0
  $ cat /dev/post/box0; ls -l /dev/post | cut -c 1-10; cat /sys/class/post/*/opened
  total 0
  crw-rw-rw-
  1
  $ echo hello >/dev/post/box0; cat /dev/post/box0; cat /dev/post/box0 | wc -c
  hello
  6
  k|<6>sh puts 6 of 6
  $ echo more >>/dev/post/box0; cat /dev/post/box0
  hello
  more
  k|<6>sh puts 5 of 11
  $ printf Y | dd of=/dev/post/box0 bs=1 seek=1 conv=notrunc 2>/dev/null; cat /dev/post/box0; dd if=/dev/post/box0 bs=2 skip=3 count=1 2>/dev/null
  hYllo
  more
  mo (no-eol)
  k|<6>dd puts 1 of 11
  $ exec 3</dev/post/box0; cat /dev/post/box0; echo $?; cat <&3; exec 3<&-; head -n 1 /dev/post/box0; tail -n 1 /dev/post/box0; tail -c 3 /dev/post/box0
  1
  hYllo
  more
  hYllo
  more
  re
  2| cat: can't open '/dev/post/box0': Device or resource busy
  $ seq 30 >/dev/post/box0; wc -c </dev/post/box0
  40
  k|<6>seq puts 40 of 40
  $ exec 4<>/dev/post/box0; echo read and write >&4; rmmod mailbox; cat <&4; exec 4>&-; rev /dev/post/box0
  
  9
  10
  11
  12
  13
  14
  15
  16
  1etirw dna daer
  
  9
  01
  11
  21
  31
  41
  51
  61
  1 (no-eol)
  2| rmmod: ERROR: Module mailbox is in use
  k|<6>sh puts 15 of 40
  $ head -n 2 /dev/post/box0; sed -n 1p /dev/post/box0; cp /dev/post/box0 copy; cmp copy /dev/post/box0; sort /dev/post/box0; cat copy >/dev/post/box0; rm copy
  read and write
  
  read and write
  
  1
  10
  11
  12
  13
  14
  15
  16
  9
  read and write
  k|<6>cat puts 40 of 40
  $ (exec 3</dev/post/box0; sleep 1) & sleep 0.3; cat /dev/post/box0; wait; head -c 5 /dev/post/box0
  read  (no-eol)
  2| cat: can't open '/dev/post/box0': Device or resource busy
  $ cat /sys/class/post/box0/opened; cat /sys/class/post/box0/dev | cut -d : -f 2; grep mailbox /proc/devices | cut -c 4-; cat /sys/class/post/box0/uevent | grep -v MAJOR; cd /sys/class/post; ls
  25
  0
   mailbox
  MINOR=0
  DEVNAME=post/box0
  DEVMODE=0666
  box0
  $ echo x >/sys/class/post/box0/opened; test -c /dev/post/box0 && test -w /dev/post/box0 && echo device
  device
  2| sh: 1: cannot create /sys/class/post/box0/opened: Permission denied
  $ rmmod mailbox; ls /dev/post /sys/class/post
  2| ls: /dev/post: No such file or directory
  2| ls: /sys/class/post: No such file or directory
  k|<6>no box any more
  [1]
