# names in a list, a hash table and a tree, by a file of /proc
  $ insmod roster.ko
  k|<4>roster: loading out-of-tree module taints kernel.
  k|<5>roster: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>hashes 2035817448 1 3043761007
  $ echo anna 30 >/proc/roster/people; echo bert 7 >/proc/roster/people; cat /proc/roster/people /proc/roster/tree
  name        age
  anna         30
  bert          7
  bert anna 
  bert,anna
  2
  k|<6>2 fields: 8
  k|<6>2 fields: 7
  $ echo anna >/proc/roster/people; echo anna >/proc/roster/people; cat /proc/roster/all
  name        age
  bert          7
  2| sh: 1: echo: echo: I/O error
  k|<6>1 fields: 5
  k|<6>1 fields: -2
  $ rmmod roster
  k|<6>bert goes
