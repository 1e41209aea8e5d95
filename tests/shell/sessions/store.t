# a record for each open file: caches, ids, references, memory of several kinds
  $ insmod store.ko
  k|<4>store: loading out-of-tree module taints kernel.
  k|<5>store: module verification failed: signature and/or required key missing - tainting kernel
  $ echo hello >/dev/store; head -c 100 /dev/store; dd if=/dev/store bs=10 count=1 2>/dev/null; echo
  record 1 of 1: 1/0 seen 1
  record 1 of 1: 1/0 seen 1
  record 1 of 1: 1/0 seen 1
  record 1 of 1: 1/0 seerecord 1 o
  k|<6>record 1 of 6 is free
  k|<6>record 1 of 0 is free
  k|<6>record 1 of 0 is free
  $ exec 3<>/dev/store 4<>/dev/store; echo first >&3; echo the second >&4; dd bs=100 count=1 <&3 2>/dev/null; exec 5<>/dev/store; cat /dev/store; cat /dev/store </dev/null; exec 3>&-; dd bs=100 count=1 <&5 2>/dev/null
  record 1 of 1-2: 1/6 2/11 seen 1
  record 3 of 2-3: 2/11 3/0 seen 1
  2| cat: can't open '/dev/store': No space left on device
  2| cat: can't open '/dev/store': No space left on device
  k|<6>record 1 of 6 is free
  k|<6>record 3 of 0 is free
  k|<6>record 2 of 11 is free
  $ exec 3<>/dev/store; (echo a child >&3); dd bs=100 count=1 <&3 2>/dev/null; sh -c 'echo another one >&3'; dd bs=100 count=1 <&3 2>/dev/null; rmmod store
  record 1 of 1: 1/8 seen 1
  record 1 of 1: 1/12 seen 1
  2| rmmod: ERROR: Module store is in use
  k|<6>record 1 of 12 is free
  [1]
  $ head -c 100000 /dev/zero >/dev/store; dd if=/dev/zero of=/dev/store bs=300000 count=1 2>/dev/null
  k|<6>record 1 of 1696 is free
  k|<6>record 1 of 300000 is free
  $ rmmod store; head -c 1 /dev/store
  2| head: /dev/store: No such file or directory
  [1]
