# a file of elements, read from within
  $ insmod seq_steps.ko
  k|<4>seq_steps: loading out-of-tree module taints kernel.
  k|<5>seq_steps: module verification failed: signature and/or required key missing - tainting kernel
  $ dd if=/proc/seq_steps bs=1 skip=25 2>/dev/null
  0002
  000000003
  000000004
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 4096
  k|<6>seq_steps: next 2
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: next 3
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 3, count 0, from 0
  k|<6>seq_steps: show 3, size 4096
  k|<6>seq_steps: next 4
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 4, count 0, from 0
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ tail -c +35 /proc/seq_steps
  00003
  000000004
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 4096
  k|<6>seq_steps: next 2
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: next 3
  k|<6>seq_steps: show 3, size 4096
  k|<6>seq_steps: next 4
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ dd if=/proc/seq_steps bs=10 skip=2 count=1 2>/dev/null
  000000002
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 4096
  k|<6>seq_steps: next 2
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 2, count 0, from 0
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: next 3
  k|<6>seq_steps: stop early
  $ dd if=/proc/seq_steps bs=100 skip=2 2>/dev/null
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 4096
  k|<6>seq_steps: next 2
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: next 3
  k|<6>seq_steps: show 3, size 4096
  k|<6>seq_steps: next 4
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ rmmod seq_steps
