# folders under /proc/sys that modules make
  $ insmod sysctl_mod.ko
  k|<4>sysctl_mod: loading out-of-tree module taints kernel.
  k|<5>sysctl_mod: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>sysctl_mod: register_sysctl("dev/sysctl_mod", rows) is there
  k|<6>sysctl_mod: register_sysctl_table(outer) is there
  k|<6>sysctl_mod: register_sysctl("sysctl_tree/middle/more", good) is there
  k|<6>sysctl_mod: register_sysctl_paths(path, good) is there
  k|<6>sysctl_mod: register_sysctl_mount_point("fs/sysctl_mount") is there
  $ ls -1 /proc/sys/dev/sysctl_mod
  big
  boundless
  byte
  flag
  hundred
  limited
  millis
  one
  pair
  plain
  positive
  readonly
  seconds
  secret
  text
  three
  upper
  userhz
  watched
  $ ls -ld /proc/sys/dev/sysctl_mod /proc/sys/dev/sysctl_mod/plain /proc/sys/dev/sysctl_mod/readonly /proc/sys/dev/sysctl_mod/secret | sed 's/ .*root .* / /'
  dr-xr-xr-x /proc/sys/dev/sysctl_mod
  -rw-r--r-- /proc/sys/dev/sysctl_mod/plain
  -r--r--r-- /proc/sys/dev/sysctl_mod/readonly
  -rw------- /proc/sys/dev/sysctl_mod/secret
  $ ls -1 /proc/sys/sysctl_tree /proc/sys/sysctl_tree/middle /proc/sys/sysctl_tree/middle/more /proc/sys/sysctl_path /proc/sys/fs/sysctl_mount
  /proc/sys/fs/sysctl_mount:
  
  /proc/sys/sysctl_path:
  below
  
  /proc/sys/sysctl_tree:
  beside
  middle
  
  /proc/sys/sysctl_tree/middle:
  deep
  more
  
  /proc/sys/sysctl_tree/middle/more:
  plain
  $ rmmod sysctl_mod
  k|<6>sysctl_mod: plain 7, limited 5, text hello, flag 1
  $ ls /proc/sys/dev/sysctl_mod
  2| ls: /proc/sys/dev/sysctl_mod: No such file or directory
  [1]
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
  $ ls /proc/sys/sysctl_mod
  nothing
