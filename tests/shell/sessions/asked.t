# what programs in C are told of a device: numbers of requests, places, kinds, signals, and calls that a signal ends
  $ insmod lookout.ko
  k|<4>lookout: loading out-of-tree module taints kernel.
  k|<5>lookout: module verification failed: signature and/or required key missing - tainting kernel
  $ ./asked requests
  ioctl(file, _IOW('l', 1, int), 5): 5
  ioctl(file, _IOWR('l', 2, long), 0): 0
  ioctl(file, _IOR('l', 3, char), 7): 7
  ioctl(file, _IOW('l', 9, int), 7): -1 Inappropriate ioctl for device
  ioctl(file, _IO('l', 9), 7): -1 Inappropriate ioctl for device
  close(file): 0
  k|<6>open 0100102
  k|<6>ioctl 1 with 5
  k|<6>ioctl 2 with 0
  k|<6>ioctl 3 with 7
  k|<6>release at 0, flags not async
  k|<6>fasync off: 0, flags not async
  $ ./asked places
  lseek(file, 5, SEEK_SET): 5
  lseek(file, 3, SEEK_CUR): 8
  lseek(file, 13, SEEK_SET): -1 Invalid or incomplete multibyte or wide character
  lseek(file, -4, SEEK_END): -1 Interrupted system call
  lseek(file, 100, 9): -1 Invalid argument
  lseek(file, 20, SEEK_SET): 20
  pwrite(file, "abcdef", 6, 100): 6
  pread(file, text, 4, 200): 4
  write(file, "abcdef", 6): 6
  readv(file, &part, 1): 4
  lseek(file, 0, SEEK_CUR): 30
  close(file): 0
  k|<6>open 0100102
  k|<6>seek 5 from 0, file at 0
  k|<6>seek 3 from 1, file at 5
  k|<6>seek 13 from 0, file at 8
  k|<6>seek -4 from 2, file at 8
  k|<6>seek 20 from 0, file at -4
  k|<6>write 6 at 100
  k|<6>read 4 at 200, file at 20
  k|<6>write 6 at 20
  k|<6>read 4 at 26, file at 26
  k|<6>seek 0 from 1, file at 30
  k|<6>release at 30, flags not async
  k|<6>fasync off: 0, flags not async
  $ ./asked kinds
  fstat(file, &by_file): 0
  stat("/dev/lookout", &by_path): 0
  20666 10 1 0
  1 1
  write(file, "abcdef", 6): 6
  sendfile(memfd_create("copy", 0), file, NULL, 4): -1 Invalid argument
  ftruncate(file, 5): -1 Invalid argument
  fallocate(file, 0, 0, 5): -1 No such device
  fsync(file): -1 Invalid argument
  mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0): -1 No such device
  isatty(file): 0
  close(file): 0
  k|<6>open 0100102
  k|<6>write 6 at 0
  k|<6>release at 6, flags not async
  k|<6>fasync off: 0, flags not async
  $ ./asked told
  write(file, "one", 3): 3
  came: 0
  fcntl(file, F_SETOWN, getpid()): 0
  fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_ASYNC): 0
  fcntl(file, F_GETFL) & O_ASYNC: 8192
  write(file, "two", 3): 3
  came: 29
  fcntl(file, F_SETSIG, SIGUSR1): 0
  came: 10
  fcntl(file, F_SETFL, O_RDWR | O_NONBLOCK): 0
  write(file, "four", 4): 4
  came: 0
  fcntl(file, F_SETFL, O_RDWR | O_ASYNC): 0
  read(file, text, sizeof(text)): 4
  close(file): 0
  k|<6>open 0100102
  k|<6>write 3 at 0
  k|<6>fasync on: 1, flags async
  k|<6>write 3 at 3
  k|<6>open 0100001
  k|<6>write 5 at 0
  k|<6>release at 5, flags not async
  k|<6>fasync off: 0, flags not async
  k|<6>fasync off: 1, flags not async
  k|<6>write 4 at 6
  k|<6>fasync on: 1, flags async
  k|<6>read 32 at 10, file at 10
  k|<6>fasync off: 1, flags not async
  k|<6>release at 14, flags not async
  k|<6>fasync off: 0, flags not async
  $ ./asked restarted
  read(file, text, sizeof(text)): 4
  came: 10
  read(file, text, sizeof(text)): -1 Interrupted system call
  ioctl(file, _IOW('l', 4, int), 0): 9
  read(file, text, sizeof(text)): 9
  ioctl(file, _IOW('l', 4, int), 0): -1 Interrupted system call
  close(file): 0
  k|<6>open 0100102
  k|<6>read 32 at 0, file at 0
  k|<6>a signal ends it
  k|<6>read 32 at 0, file at 0
  k|<6>open 0100001
  k|<6>write 4 at 0
  k|<6>release at 4, flags not async
  k|<6>fasync off: 0, flags not async
  k|<6>read 32 at 4, file at 4
  k|<6>a signal ends it
  k|<6>a signal ends the request
  k|<6>open 0100001
  k|<6>write 9 at 0
  k|<6>release at 9, flags not async
  k|<6>fasync off: 0, flags not async
  k|<6>read 32 at 4, file at 4
  k|<6>a signal ends the request
  k|<6>release at 13, flags not async
  k|<6>fasync off: 0, flags not async
  $ ./asked stopped
  read(file, text, sizeof(text)): 4
  close(file): 0
  k|<6>open 0100102
  k|<6>read 32 at 0, file at 0
  k|<6>a signal ends it
  k|<6>read 32 at 0, file at 0
  k|<6>open 0100001
  k|<6>write 4 at 0
  k|<6>release at 4, flags not async
  k|<6>fasync off: 0, flags not async
  k|<6>release at 4, flags not async
  k|<6>fasync off: 0, flags not async
