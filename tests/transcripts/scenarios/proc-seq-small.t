# a file of five elements, read in ever smaller parts
  $ insmod seq_steps.ko
  k|<4>seq_steps: loading out-of-tree module taints kernel.
  k|<5>seq_steps: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /proc/seq_steps
  000000000
  000000001
  000000002
  000000003
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
  $ dd if=/proc/seq_steps bs=15 2>/dev/null
  000000000
  000000001
  000000002
  000000003
  000000004
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
  k|<6>seq_steps: show 4, size 4096
  k|<6>seq_steps: next 5
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  k|<6>seq_steps: start 5, count 0, from 0
  k|<6>seq_steps: stop at the end
  $ dd if=/proc/seq_steps bs=1 count=3 2>/dev/null
  000 (no-eol)
  k|<6>seq_steps: start 0, count 0, from 0
  k|<6>seq_steps: show 0, size 4096
  k|<6>seq_steps: next 1
  k|<6>seq_steps: stop early
  $ head -n 2 /proc/seq_steps
  000000000
  000000001
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
  $ rmmod seq_steps
