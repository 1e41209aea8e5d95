# requests with structures, poll, select, epoll, threads and children, a platform device
  $ insmod lamp.ko
  k|<4>lamp: loading out-of-tree module taints kernel.
  k|<5>lamp: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>lamp lamp: probed with 0 resources
  $ ./lamp_user
  ioctl(file, LAMP_GET, &shade): 0 
  first 1 2 3 4
  ioctl(file, LAMP_SET, &shade): 0 
  ioctl(file, LAMP_SWAP, &shade): 0 
  second 6
  ioctl(file, LAMP_COUNT, &number): 0 
  102
  ioctl(file, LAMP_OFF, 77): 3 
  ioctl(file, LAMP_SET, NULL): -1 Bad address
  ioctl(file, LAMP_GET, (void *)8): -1 Bad address
  ioctl(file, _IO('L', 4), 0): -1 Invalid argument
  ioctl(file, _IO('X', 4), 0): -1 Inappropriate ioctl for device
  ioctl(file, _IOW('L', 9, int), 3): -1 Inappropriate ioctl for device
  read(file, text, sizeof(text)): -1 Resource temporarily unavailable
  poll(&asked, 1, 50): 0 
  poll(&asked, 1, 3000): 1 
  1
  read(file, text, 3): -1 Invalid argument
  select(file + 1, &set, NULL, NULL, &limit): 1 
  read(file, text, sizeof(text)): 10 
  epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event): 0 
  epoll_wait(epoll, &event, 1, 50): 0 
  epoll_wait(epoll, &event, 1, 3000): 1 
  5 1
  epoll_wait(epoll, &event, 1, 50): 0 
  read(file, text, sizeof(text)): 9 
  read(file, text, sizeof(text)): 9 
  block 77
  write(file, "parent 1,2,3", 12): 12 
  WEXITSTATUS(status): 0 
  write(file, "much too long a name for a lamp 1,2,3", 37): -1 Invalid argument
  lseek(file, 0, SEEK_SET): -1 Illegal seek
  pread(file, text, 4, 0): -1 Illegal seek
  close(file): 0 
  close(file): -1 Bad file descriptor
  k|<6>second 090807 for 6
  k|<6>third 050403 for 2
  k|<6> 000000 for 77
  k|<6>poll ff007f for 77
  k|<6>select ff007f for 77
  k|<6>epoll ff007f for 77
  k|<6>block ff007f for 77
  k|<6>parent 010203 for 77
  $ ls -l /sys/class/misc/lamp | cut -c 1; readlink /sys/class/misc/lamp; cat /sys/devices/platform/lamp/uevent /sys/devices/platform/lamp/modalias; ls /sys/bus/platform/drivers/lamp
  l
  ../../devices/platform/lamp/misc/lamp
  DRIVER=lamp
  MODALIAS=platform:lamp
  platform:lamp
  bind
  lamp
  module
  uevent
  unbind
  $ cat /dev/lamp & sleep 0.5; echo shell a,b,c >/dev/lamp; sleep 0.5; echo shell2 1,b,c >/dev/lamp; sleep 0.5; kill $!; wait $! 2>/dev/null; echo $?
  shell 77
  shell2 77
  143
  k|<6>shell 0a0b0c for 77
  k|<6>shell2 010b0c for 77
  $ echo lamp >/sys/bus/platform/drivers/lamp/unbind; ls /dev/lamp; echo lamp >/sys/bus/platform/drivers/lamp/bind; ls /dev/lamp; echo other >/sys/bus/platform/drivers/lamp/bind
  /dev/lamp
  2| ls: /dev/lamp: No such file or directory
  2| sh: 1: echo: echo: I/O error
  k|<6>lamp lamp: removed
  k|<6>lamp lamp: probed with 0 resources
  [1]
  $ read line </dev/lamp & sleep 0.3; rmmod lamp; kill $!; wait $!; rmmod lamp
  2| rmmod: ERROR: Module lamp is in use
  k|<6>lamp lamp: removed
