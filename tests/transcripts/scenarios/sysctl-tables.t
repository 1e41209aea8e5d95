# tables of values under /proc/sys: every usual handler read and written, rights, folders within folders, tables that are refused
  $ insmod sysctl_mod.ko
  k|<4>sysctl_mod: loading out-of-tree module taints kernel.
  k|<5>sysctl_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>sysctl_mod: register_sysctl("dev/sysctl_mod", rows) is there
  k|<6>sysctl_mod: register_sysctl_table(outer) is there
  k|<6>sysctl_mod: register_sysctl("sysctl_tree/middle/more", good) is there
  k|<6>sysctl_mod: register_sysctl_paths(path, good) is there
  k|<6>sysctl_mod: register_sysctl_mount_point("fs/sysctl_mount") is there
  $ cat /proc/sys/dev/sysctl_mod/plain /proc/sys/dev/sysctl_mod/limited /proc/sys/dev/sysctl_mod/three /proc/sys/dev/sysctl_mod/readonly /proc/sys/dev/sysctl_mod/seconds /proc/sys/dev/sysctl_mod/millis /proc/sys/dev/sysctl_mod/positive /proc/sys/dev/sysctl_mod/upper /proc/sys/dev/sysctl_mod/boundless /proc/sys/dev/sysctl_mod/big /proc/sys/dev/sysctl_mod/pair /proc/sys/dev/sysctl_mod/text /proc/sys/dev/sysctl_mod/byte /proc/sys/dev/sysctl_mod/flag /proc/sys/dev/sysctl_mod/secret
  7
  5
  1	-2	3
  42
  1
  2000
  3000000000
  100
  0
  1099511627776
  4	5
  hello
  200
  9
  $ printf '12' > /proc/sys/dev/sysctl_mod/plain
  $ echo '-3' > /proc/sys/dev/sysctl_mod/plain
  $ printf '0x1f' > /proc/sys/dev/sysctl_mod/plain
  $ printf '010' > /proc/sys/dev/sysctl_mod/plain
  $ printf ' 5 ' > /proc/sys/dev/sysctl_mod/plain
  $ printf '7x' > /proc/sys/dev/sysctl_mod/plain
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/plain
  5
  $ printf '2147483648' > /proc/sys/dev/sysctl_mod/plain
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/plain
  5
  $ echo '-2147483648' > /proc/sys/dev/sysctl_mod/plain
  $ printf '1 2' > /proc/sys/dev/sysctl_mod/plain
  $ printf '' > /proc/sys/dev/sysctl_mod/plain
  $ cat /proc/sys/dev/sysctl_mod/plain
  1
  $ printf '10' > /proc/sys/dev/sysctl_mod/limited
  $ printf '11' > /proc/sys/dev/sysctl_mod/limited
  2| sh: 1: printf: printf: I/O error
  [1]
  $ echo '-1' > /proc/sys/dev/sysctl_mod/limited
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/limited
  10
  $ printf '4' > /proc/sys/dev/sysctl_mod/three
  $ printf '5 6' > /proc/sys/dev/sysctl_mod/three
  $ cat /proc/sys/dev/sysctl_mod/three
  5	6	3
  $ printf '7\t8\n9' > /proc/sys/dev/sysctl_mod/three
  $ printf '1 2 3 4' > /proc/sys/dev/sysctl_mod/three
  $ printf 'a' > /proc/sys/dev/sysctl_mod/three
  2| sh: 1: printf: printf: I/O error
  [1]
  $ echo '- 1' > /proc/sys/dev/sysctl_mod/three
  2| sh: 1: echo: echo: I/O error
  [1]
  $ echo '-' > /proc/sys/dev/sysctl_mod/three
  2| sh: 1: echo: echo: I/O error
  [1]
  $ printf '8 x' > /proc/sys/dev/sysctl_mod/three
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/three
  8	2	3
  $ printf '1' > /proc/sys/dev/sysctl_mod/readonly
  2| sh: 1: cannot create /proc/sys/dev/sysctl_mod/readonly: Permission denied
  [2]
  $ cat /proc/sys/dev/sysctl_mod/readonly
  42
  $ cat /proc/sys/dev/sysctl_mod/watched
  0
  k|<6>sysctl_mod: read watched: 0 -> 0, result 0, 2 left, at 2
  k|<6>sysctl_mod: read watched: 0 -> 0, result 0, 0 left, at 2
  $ printf '77\n' > /proc/sys/dev/sysctl_mod/watched
  k|<6>sysctl_mod: write watched: 0 -> 77, result 0, 3 left, at 3
  $ printf 'x' > /proc/sys/dev/sysctl_mod/watched
  2| sh: 1: printf: printf: I/O error
  k|<6>sysctl_mod: write watched: 77 -> 77, result -22, 1 left, at 0
  [1]
  $ cat /proc/sys/dev/sysctl_mod/watched
  77
  k|<6>sysctl_mod: read watched: 77 -> 77, result 0, 3 left, at 3
  k|<6>sysctl_mod: read watched: 77 -> 77, result 0, 0 left, at 3
  $ printf '3' > /proc/sys/dev/sysctl_mod/seconds
  $ cat /proc/sys/dev/sysctl_mod/seconds
  3
  $ echo '-1' > /proc/sys/dev/sysctl_mod/seconds
  $ printf 'x' > /proc/sys/dev/sysctl_mod/seconds
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/seconds
  -1
  $ printf '1000' > /proc/sys/dev/sysctl_mod/millis
  $ cat /proc/sys/dev/sysctl_mod/millis
  1000
  $ printf '4294967295' > /proc/sys/dev/sysctl_mod/positive
  $ echo '-1' > /proc/sys/dev/sysctl_mod/positive
  2| sh: 1: echo: echo: I/O error
  [1]
  $ printf '4294967296' > /proc/sys/dev/sysctl_mod/positive
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/positive
  4294967295
  $ printf '10' > /proc/sys/dev/sysctl_mod/upper
  $ printf '11' > /proc/sys/dev/sysctl_mod/upper
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/upper
  10
  $ printf '4294967295' > /proc/sys/dev/sysctl_mod/boundless
  $ cat /proc/sys/dev/sysctl_mod/boundless
  4294967295
  $ printf '9' > /proc/sys/dev/sysctl_mod/big
  2| sh: 1: printf: printf: I/O error
  [1]
  $ printf '10' > /proc/sys/dev/sysctl_mod/big
  $ printf '2199023255553' > /proc/sys/dev/sysctl_mod/big
  2| sh: 1: printf: printf: I/O error
  [1]
  $ printf '18446744073709551616' > /proc/sys/dev/sysctl_mod/big
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/big
  10
  $ printf '1 2' > /proc/sys/dev/sysctl_mod/pair
  $ printf '3' > /proc/sys/dev/sysctl_mod/pair
  $ echo '-4 5' > /proc/sys/dev/sysctl_mod/pair
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/pair
  3	2
  $ printf 'world\n' > /proc/sys/dev/sysctl_mod/text
  $ printf 'a long text beyond sixteen' > /proc/sys/dev/sysctl_mod/text
  $ printf 'two\nlines' > /proc/sys/dev/sysctl_mod/text
  $ cat /proc/sys/dev/sysctl_mod/text
  two
  $ printf '' > /proc/sys/dev/sysctl_mod/text
  $ cat /proc/sys/dev/sysctl_mod/text
  two
  $ printf '255' > /proc/sys/dev/sysctl_mod/byte
  $ printf '256' > /proc/sys/dev/sysctl_mod/byte
  2| sh: 1: printf: printf: I/O error
  [1]
  $ echo '-1' > /proc/sys/dev/sysctl_mod/byte
  2| sh: 1: echo: echo: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/byte
  255
  $ printf '0' > /proc/sys/dev/sysctl_mod/flag
  2| sh: 1: printf: printf: I/O error
  [1]
  $ printf '2' > /proc/sys/dev/sysctl_mod/flag
  2| sh: 1: printf: printf: I/O error
  [1]
  $ printf 'y' > /proc/sys/dev/sysctl_mod/flag
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/flag
  $ printf 100 > /proc/sys/dev/sysctl_mod/hundred
  $ printf 101 > /proc/sys/dev/sysctl_mod/hundred
  2| sh: 1: printf: printf: I/O error
  [1]
  $ cat /proc/sys/dev/sysctl_mod/hundred
  100
  $ printf 7 > /proc/sys/dev/sysctl_mod/userhz
  $ cat /proc/sys/dev/sysctl_mod/userhz
  6
  $ printf 0 > /proc/sys/dev/sysctl_mod/one
  2| sh: 1: printf: printf: I/O error
  [1]
  $ printf 9 > /proc/sys/dev/sysctl_mod/one
  $ cat /proc/sys/dev/sysctl_mod/one
  9
  $ cat /proc/sys/sysctl_tree/middle/deep /proc/sys/sysctl_tree/middle/more/plain /proc/sys/sysctl_tree/beside /proc/sys/sysctl_path/below/plain
  1
  1
  100
  1
  $ su user -c 'cat /proc/sys/dev/sysctl_mod/plain /proc/sys/dev/sysctl_mod/secret'
  1
  2| cat: can't open '/proc/sys/dev/sysctl_mod/secret': Permission denied
  [1]
  $ su user -c 'echo 1 > /proc/sys/dev/sysctl_mod/plain'
  2| sh: 1: cannot create /proc/sys/dev/sysctl_mod/plain: Permission denied
  [2]
  $ cat /proc/sys/dev/sysctl_mod
  2| cat: read error: Is a directory
  [1]
  $ cat /proc/sys/dev/sysctl_mod/none
  2| cat: can't open '/proc/sys/dev/sysctl_mod/none': No such file or directory
  [1]
  $ rmmod sysctl_mod
  k|<6>sysctl_mod: plain 1, limited 100, text two, flag 1
  $ cat /proc/sys/dev/sysctl_mod/plain
  2| cat: can't open '/proc/sys/dev/sysctl_mod/plain': No such file or directory
  [1]
  $ insmod sysctl_mod.ko what=kernel
  k|<6>sysctl_mod: register_sysctl("kernel", good) is there
  $ cat /proc/sys/kernel/plain /proc/sys/kernel/ostype
  7
  Linux
  $ rmmod sysctl_mod
  k|<6>sysctl_mod: plain 7, limited 5, text hello, flag 1
  $ insmod sysctl_mod.ko what=errors
  k|<3>sysctl table check failed: sysctl_mod/none No proc_handler
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_handler) is NULL
  k|<3>sysctl table check failed: sysctl_mod/none No data
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_data) is NULL
  k|<3>sysctl table check failed: sysctl_mod/none No maxlen
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_size) is NULL
  k|<3>sysctl table check failed: sysctl_mod/none bogus .mode 0777
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_mode) is NULL
  k|<3>sysctl table check failed: sysctl_mod/none array not allowed
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_array) is NULL
  k|<3>sysctl table check failed: sysctl_mod/none No data
  k|<3>sysctl table check failed: sysctl_mod/none No maxlen
  k|<3>sysctl table check failed: sysctl_mod/none bogus .mode 01644
  k|<3>sysctl table check failed: sysctl_mod/other No proc_handler
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", bad_both) is NULL
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", good) is there
  k|<3>sysctl duplicate entry: /sysctl_mod/plain
  k|<...>
  k|<6>sysctl_mod: register_sysctl("sysctl_mod", good) is NULL
  k|<6>sysctl_mod: register_sysctl("sysctl_mod/nothing", nothing) is there
  $ cat /proc/sys/sysctl_mod/plain
  2| cat: can't open '/proc/sys/sysctl_mod/plain': No such file or directory
  [1]
  $ rmmod sysctl_mod
  k|<6>sysctl_mod: plain 7, limited 5, text hello, flag 1
