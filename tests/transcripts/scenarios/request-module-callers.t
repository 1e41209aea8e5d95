# What the kernel itself asks modprobe for: algorithms, families of sockets, file systems
  $ printf '#!/bin/sh\necho "$3" >> /tmp/asked\nexec /sbin/modprobe "$@"\n' > /tmp/loader; chmod +x /tmp/loader; echo /tmp/loader > /proc/sys/kernel/modprobe
  $ insmod asker.ko names=no-such,0123456789012345678901234567890123456789012345678 ; rmmod asker; cat /tmp/asked; rm /tmp/asked
  crypto-no-such
  crypto-no-such-all
  k|<4>asker: loading out-of-tree module taints kernel.
  k|<5>asker: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>asker: shash(no-such) = -2
  k|<6>asker: shash(0123456789012345678901234567890123456789012345678) = -2
  $ for how in ahash skcipher aead has; do insmod asker.ko names=no-such how=$how; rmmod asker; cat /tmp/asked; rm /tmp/asked; done
  crypto-no-such
  crypto-no-such-all
  crypto-no-such
  crypto-no-such-all
  crypto-no-such
  crypto-no-such-all
  crypto-no-such
  crypto-no-such-all
  k|<6>asker: ahash(no-such) = -2
  k|<6>asker: skcipher(no-such) = -2
  k|<6>asker: aead(no-such) = -2
  k|<6>asker: has(no-such) = 0
  $ insmod asker.ko names=crc32c how=shash; cat /tmp/asked; rm /tmp/asked; lsmod
  crypto-crc32c
  crypto-crc32c-all
  Module                  Size  Used by
  crc32c_generic         16384  0
  asker                  16384  0
  k|<6>asker: shash(crc32c) = 0
  $ rmmod asker; insmod asker.ko names=crc32c how=shash; rmmod asker; cat /tmp/asked; rmmod crc32c_generic
  2| cat: can't open '/tmp/asked': No such file or directory
  k|<6>asker: shash(crc32c) = 0
  $ insmod asker.ko names=crc32c-generic how=shash; cat /tmp/asked; rm /tmp/asked; rmmod asker; lsmod
  crypto-crc32c-generic
  crypto-crc32c-generic-all
  Module                  Size  Used by
  crc32c_generic         16384  0
  k|<6>asker: shash(crc32c-generic) = 0
  $ rmmod crc32c_generic; insmod /lib/modules/6.1.0-56-amd64/kernel/lib/libcrc32c.ko; cat /tmp/asked; rm /tmp/asked; lsmod
  crypto-crc32c
  crypto-crc32c-all
  Module                  Size  Used by
  crc32c_generic         16384  1
  libcrc32c              16384  0
  $ rmmod libcrc32c; rmmod crc32c_generic; echo blacklist crc32c_generic > /etc/modprobe.d/a.conf; insmod /lib/modules/6.1.0-56-amd64/kernel/lib/libcrc32c.ko; cat /tmp/asked; rm /tmp/asked; lsmod
  crypto-crc32c
  crypto-crc32c-all
  Module                  Size  Used by
  2| insmod: ERROR: could not insert module /lib/modules/6.1.0-56-amd64/kernel/lib/libcrc32c.ko: Unknown symbol in module
  $ insmod asker.ko families=35,99,-1,33,0; rmmod asker; cat /tmp/asked; rm /tmp/asked
  net-pf-35
  net-pf-33
  net-pf-0
  k|<6>asker: socket(35, 1) = -97
  k|<6>asker: socket(99, 1) = -97
  k|<6>asker: socket(-1, 1) = -97
  k|<6>asker: socket(33, 1) = -97
  k|<6>asker: socket(0, 1) = -97
  $ insmod asker.ko families=35 type=11; rmmod asker; cat /tmp/asked
  2| cat: can't open '/tmp/asked': No such file or directory
  k|<6>asker: socket(35, 11) = -22
  [1]
  $ insmod asker.ko families=2,10 protocol=132; rmmod asker; cat /tmp/asked; rm /tmp/asked
  net-pf-2-proto-132-type-1
  net-pf-2-proto-132
  net-pf-10-proto-132-type-1
  net-pf-10-proto-132
  k|<6>asker: socket(2, 1) = -93
  k|<6>asker: socket(10, 1) = -93
  $ insmod asker.ko families=2,10 type=2 protocol=999; rmmod asker; cat /tmp/asked
  2| cat: can't open '/tmp/asked': No such file or directory
  k|<6>asker: socket(2, 2) = -22
  k|<6>asker: socket(10, 2) = -22
  [1]
  $ insmod asker.ko families=2,10 type=5; rmmod asker; cat /tmp/asked; rm /tmp/asked
  net-pf-2-proto-0-type-5
  net-pf-2-proto-0
  net-pf-10-proto-0-type-5
  net-pf-10-proto-0
  k|<6>asker: socket(2, 5) = -94
  k|<6>asker: socket(10, 5) = -94
  $ insmod asker.ko families=2 type=3; rmmod asker; cat /tmp/asked; rm /tmp/asked
  net-pf-2-proto-0-type-3
  net-pf-2-proto-0
  k|<6>asker: socket(2, 3) = -93
  $ insmod asker.ko names=vfat how=fs; cat /tmp/asked; rm /tmp/asked; rmmod asker; lsmod
  fs-vfat
  Module                  Size  Used by
  vfat                   24576  0
  fat                    90112  1 vfat
  k|<6>asker: fs(vfat) is vfat
  $ insmod asker.ko names=vfat,vfat.sub how=fs; rmmod asker; cat /tmp/asked
  2| cat: can't open '/tmp/asked': No such file or directory
  k|<6>asker: fs(vfat) is vfat
  k|<6>asker: fs(vfat.sub) is not there
  [1]
