# a file of more than one page
  $ insmod seq_steps.ko count=9 width=1500
  k|<4>seq_steps: loading out-of-tree module taints kernel.
  k|<5>seq_steps: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /proc/seq_steps | wc -c
  13500
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 4096
  k|<6>seq_steps: next 2
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 2, count 0, from 0
  k|<6>seq_steps: show 2, size 4096
  k|<6>seq_steps: next 3
  k|<6>seq_steps: show 3, size 4096
  k|<6>seq_steps: next 4
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 4, count 0, from 0
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: show 5, size 4096
  k|<6>seq_steps: next 6
  k|<6>seq_steps: show 6, size 4096
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 6, count 0, from 0
  k|<6>seq_steps: show 6, size 4096
  k|<6>seq_steps: next 7
  k|<6>seq_steps: show 7, size 4096
  k|<6>seq_steps: next 8
  k|<6>seq_steps: show 8, size 4096
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 8, count 0, from 0
  k|<6>seq_steps: show 8, size 4096
  k|<6>seq_steps: next 9
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 9, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ dd if=/proc/seq_steps bs=2000 2>/dev/null | wc -c
  13500
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
  k|<6>seq_steps: start 3, count 0, from 0
  k|<6>seq_steps: show 3, size 4096
  k|<6>seq_steps: next 4
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 4, count 0, from 0
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: show 5, size 4096
  k|<6>seq_steps: next 6
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 6, count 0, from 0
  k|<6>seq_steps: show 6, size 4096
  k|<6>seq_steps: next 7
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 7, count 0, from 0
  k|<6>seq_steps: show 7, size 4096
  k|<6>seq_steps: next 8
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 8, count 0, from 0
  k|<6>seq_steps: show 8, size 4096
  k|<6>seq_steps: next 9
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 9, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ rmmod seq_steps
