# functions of files, lists read under RCU, a buffer of a wanted size
  $ insmod calls/fs_files.ko
  k|<4>fs_files: loading out-of-tree module taints kernel.
  k|<5>fs_files: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>fs_files: get_jiffies_64() - ticks < 100 = 1
  k|<6>fs_files: ksize(memory) = 128
  k|<6>fs_files: noop_llseek(file, 3, SEEK_SET) = 7
  k|<6>fs_files: memory_read_from_buffer(text, 3, &position, "abcdefg", 7) = 3
  k|<6>fs_files: cde at 5
  k|<6>fs_files: memory_read_from_buffer(text, 3, &position, "abcdefg", 4) = 0
  k|<6>fs_files: node 2
  k|<6>fs_files: seq_hlist_start_rcu(&nodes, 3) == NULL = 1
  k|<6>fs_files: default_wake_function(&waiter, TASK_NORMAL, 0, NULL) = 0
  $ cat /proc/fs_files/list
  entry 1
  entry 2
  entry 3
  $ cat /proc/fs_files/sized
  room for 100, of the folder's 3
  $ rmmod fs_files
