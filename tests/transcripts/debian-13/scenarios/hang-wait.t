# a completion that nobody completes
  $ insmod complain_lock.ko what=wait_for_ever
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>complain_lock: waits
  k|<3>INFO: task insmod:88 blocked for more than 120 seconds.
  k|<3>      Tainted: G           OE      6.12.118+deb13-amd64 #1 Debian 6.12.118-1
  k|<3>"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.
  k|<6>task:insmod          state:D stack:0     pid:88    tgid:88    ppid:87     flags:0x00000002
  k|<...>
  [hung]
