# elements larger than a page
  $ insmod seq_steps.ko count=3 width=9000
  k|<4>seq_steps: loading out-of-tree module taints kernel.
  k|<5>seq_steps: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /proc/seq_steps | wc -c
  27000
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 8192
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 16384
  k|<6>seq_steps: next 1
  k|<6>seq_steps: show 1, size 16384
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 1, count 0, from 0
  k|<6>seq_steps: show 1, size 16384
  k|<6>seq_steps: next 2
  k|<6>seq_steps: show 2, size 16384
  k|<6>seq_steps: stop early
  k|<6>seq_steps: start 2, count 0, from 0
  k|<6>seq_steps: show 2, size 16384
  k|<6>seq_steps: next 3
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 3, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ rmmod seq_steps
