# threads of the kernel that take jobs out of a kfifo, locks, notifiers
  $ insmod crew.ko workers=1
  k|<4>crew: loading out-of-tree module taints kernel.
  k|<5>crew: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /dev/crew; echo 5 >/dev/crew; cat /dev/crew
  0 jobs, sum 0, 0 wait
  1 jobs, sum 5, 0 wait
  k|<6>job 5 is done
  $ echo 1 2 3 13 >/dev/crew; cat /dev/crew
  5 jobs, sum 24, 0 wait
  k|<6>job 1 is done
  k|<6>job 2 is done
  k|<6>job 3 is done
  k|<6>job 13 is done
  $ echo x >/dev/crew; seq 1 40 >/dev/crew; cat /dev/crew
  5 jobs, sum 24, 0 wait
  2| sh: 1: echo: echo: I/O error
  $ echo 1 1 1 1 1 1 1 1 1 >/dev/crew; sleep 1; cat /dev/crew
  5 jobs, sum 24, 8 wait
  2| sh: 1: echo: echo: I/O error
  $ echo 20 >/dev/crew & echo 30 >/dev/crew; wait; cat /dev/crew
  5 jobs, sum 24, 8 wait
  2| sh: 1: echo: echo: I/O error
  2| sh: 1: echo: echo: I/O error
  $ ps | grep -c '[c]rew/0'; su user -c 'cat /dev/crew'
  1
  2| cat: can't open '/dev/crew': Permission denied
  [1]
  $ rmmod crew; insmod crew.ko workers=5; insmod crew.ko workers=3; rmmod crew
  2| insmod: ERROR: could not insert module crew.ko: Invalid parameters
  k|<6>job 1 is done
  k|<6>crew/0 returns 0
  k|<6>unregister again: -2
  k|<6>crew/0 returns 0
  k|<6>crew/1 returns 1
  k|<6>crew/2 returns 2
  k|<6>unregister again: -2
