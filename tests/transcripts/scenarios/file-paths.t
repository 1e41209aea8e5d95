# files that say by which path they were opened: fs/d_path.c
  $ insmod file_paths.ko
  k|<4>file_paths: loading out-of-tree module taints kernel.
  k|<5>file_paths: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>file_paths: file_path: /tmp/paths, 11 from the end
  $ cat /proc/paths/inside
  2| cat: read error: Input/output error
  k|<6>file_paths: file_path: /proc/paths/inside, 19 from the end
  k|<6>file_paths: d_path: /proc/paths/inside, 19 from the end
  k|<6>file_paths: dentry_path_raw: /paths/inside, 14 from the end
  k|<6>file_paths: short: error -36
  [1]
  $ rmmod file_paths
