# a file of one element
  $ insmod seq_steps.ko
  k|<4>seq_steps: loading out-of-tree module taints kernel.
  k|<5>seq_steps: module verification failed: signature and/or required key missing - tainting kernel
  $ cat /proc/seq_one
  000000007
  k|<6>seq_steps: show one, size 4096, data given
  $ dd if=/proc/seq_one bs=4 2>/dev/null
  000000007
  k|<6>seq_steps: show one, size 4096, data given
  $ dd if=/proc/seq_one bs=1 skip=4 2>/dev/null
  00007
  k|<6>seq_steps: show one, size 4096, data given
  $ echo 7 > /sys/module/seq_steps/parameters/failing
  $ cat /proc/seq_one
  2| cat: read error: Input/output error
  k|<6>seq_steps: show one, size 4096, data given
  [1]
  $ echo 5000 > /sys/module/seq_steps/parameters/width
  $ echo 0 > /sys/module/seq_steps/parameters/failing
  $ cat /proc/seq_one | wc -c
  5000
  k|<6>seq_steps: show one, size 4096, data given
  k|<6>seq_steps: show one, size 8192, data given
  $ rmmod seq_steps
