# what a driver is told of files that are held open, and who may not go meanwhile
  $ insmod open_files.ko
  k|<4>open_files: loading out-of-tree module taints kernel.
  k|<5>open_files: module verification failed: signature and/or required key missing - tainting kernel
  $ exec 3</dev/held0; dd bs=5 count=1 <&3; dd bs=3 count=1 <&3; grep held /proc/modules | cut -d ' ' -f 1,3; rmmod open_files
  01234567 (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  2| 1+0 records in
  2| 1+0 records out
  2| rmmod: ERROR: Module open_files is in use
  k|<6>open 246:0 flags 0100000 mode 0x1d count 2
  k|<6>read 5 flags 0100000 mode 0xa001d gives 5 at 5, file at 0
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>read 3 flags 0100000 mode 0xa001d gives 3 at 8, file at 5
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xa001d at 8 count 2
  [1]
  $ exec 3<>/dev/held0; printf 'hello world' >&3; dd bs=4 count=1 <&3; printf x >&3
  bcde (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  k|<6>open 246:0 flags 0100102 mode 0x1f count 2
  k|<6>write 11 flags 0100002 takes 8 at 8: hello wo
  k|<6>write 3 flags 0100002 takes 3 at 11: rld
  k|<6>flush
  k|<6>read 4 flags 0100002 mode 0xe001f gives 4 at 15, file at 11
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>write 1 flags 0100002 takes 1 at 16: x
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xe001f at 16 count 2
  $ exec 3>/dev/held0; cat <&3
  2| cat: read error: Bad file descriptor
  k|<6>open 246:0 flags 0101101 mode 0x1e count 2
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xc001e at 0 count 2
  [1]
  $ exec 3>>/dev/held0; printf y >&3
  k|<6>open 246:0 flags 0102101 mode 0x1e count 2
  k|<6>write 1 flags 0102001 takes 1 at 1: y
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xc001e at 1 count 2
  $ exec 3</dev/held0; printf z >&3
  2| sh: 1: printf: printf: I/O error
  k|<6>open 246:0 flags 0100000 mode 0x1d count 2
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xa001d at 0 count 2
  [1]
  $ dd if=/dev/held0 bs=4 skip=2 count=1
  89ab (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  k|<6>open 246:0 flags 0100000 mode 0x1d count 2
  k|<6>flush
  k|<6>seek 8 from 1 gives 8
  k|<6>read 4 flags 0100000 mode 0xa001d gives 4 at 12, file at 8
  k|<6>flush
  k|<6>release mode 0xa001d at 12 count 2
  $ exec 3</dev/held_old; cat <&3; grep held /proc/modules | cut -d ' ' -f 1,3
  0123456789abcdefghijklmnopqrstuvwxyz (no-eol)
  k|<6>open 245:0 flags 0100000 mode 0x1d count 2
  k|<6>read 65536 flags 0100000 mode 0xa0019 gives 36 at 36, file at 0
  k|<6>read 65536 flags 0100000 mode 0xa0019 gives 0 at 36, file at 36
  k|<6>release mode 0xa0019 at 36 count 2
  $ dd if=/dev/held_old bs=4 skip=2 count=1
  89ab (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  k|<6>open 245:0 flags 0100000 mode 0x1d count 2
  k|<6>read 4 flags 0100000 mode 0xa0019 gives 4 at 4, file at 0
  k|<6>read 4 flags 0100000 mode 0xa0019 gives 4 at 8, file at 4
  k|<6>read 4 flags 0100000 mode 0xa0019 gives 4 at 12, file at 8
  k|<6>release mode 0xa0019 at 12 count 2
  $ cat /dev/held9
  2| cat: can't open '/dev/held9': Device or resource busy
  k|<6>open 246:9 flags 0100000 mode 0x1d count 1
  [1]
  $ grep held /proc/modules | cut -d ' ' -f 1,3
  $ exec 3</dev/held_misc; dd bs=6 count=1 <&3; grep held /proc/modules | cut -d ' ' -f 1,3; stty <&3
  012345 (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  2| stty: standard input: Inappropriate ioctl for device
  k|<6>open 10:124 flags 0100000 mode 0x1d count 1
  k|<6>read 6 flags 0100000 mode 0xa001d gives 6 at 6, file at 0
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>ioctl type 0x54 nr 1 size 0 dir 0
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>flush
  k|<6>release mode 0xa001d at 6 count 1
  [1]
  $ exec 3</proc/held; dd bs=7 count=1 <&3; grep held /proc/modules | cut -d ' ' -f 1,3; dd bs=2 skip=3 count=1 <&3; stty <&3
  0123456de (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  2| 1+0 records in
  2| 1+0 records out
  2| stty: standard input: Inappropriate ioctl for device
  k|<6>open 0:0 flags 0100000 mode 0x801d count 0
  k|<6>read 7 flags 0100000 mode 0xa801d gives 7 at 7, file at 0
  k|<6>seek 6 from 1 gives 13
  k|<6>read 2 flags 0100000 mode 0xa801d gives 2 at 15, file at 13
  k|<6>ioctl type 0x54 nr 1 size 0 dir 0
  k|<6>release mode 0xa801d at 15 count 0
  [1]
  $ exec 3</proc/held_lines; dd bs=2 count=1 <&3; dd bs=3 count=1 <&3; grep held /proc/modules | cut -d ' ' -f 1,3; cat <&3; stty <&3
  one
  two
  three
  2| 1+0 records in
  2| 1+0 records out
  2| 1+0 records in
  2| 1+0 records out
  2| stty: standard input: Inappropriate ioctl for device
  [1]
  $ exec 3</sys/kernel/debug/held/file; dd bs=7 count=1 <&3; grep held /proc/modules | cut -d ' ' -f 1,3; rmmod open_files
  0123456 (no-eol)
  2| 1+0 records in
  2| 1+0 records out
  2| rmmod: ERROR: Module open_files is in use
  k|<6>open 0:0 flags 0100000 mode 0x801d count 1
  k|<6>read 7 flags 0100000 mode 0xa801d gives 7 at 7, file at 0
  k|<6>release mode 0xa801d at 7 count 1
  [1]
  $ exec 3</proc/held; rmmod open_files; dd bs=7 count=1 <&3; cat /proc/modules
  2| dd: standard input: Input/output error
  k|<6>open 0:0 flags 0100000 mode 0x801d count 0
  k|<6>release mode 0xa801d at 0 count 4294967295
  $ dmesg | tail -n 3
