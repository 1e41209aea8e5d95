# tables of sysctl twice, and bad ones
  $ insmod complain_name.ko what=sysctl_twice
  k|<4>complain_name: loading out-of-tree module taints kernel.
  k|<5>complain_name: module verification failed: signature and/or required key missing - tainting kernel
  k|<3>sysctl table check failed: complain/(null) procname is null
  k|<3>sysctl table check failed: complain/(null) No proc_handler
  k|<3>sysctl table check failed: complain/(null) procname is null
  k|<3>sysctl table check failed: complain/(null) No proc_handler
  k|<6>complain_name: 0 0
  k|<3>sysctl table check failed: complain/value No proc_handler
  k|<3>sysctl table check failed: complain/value bogus .mode 0777
  k|<3>sysctl table check failed: complain/(null) procname is null
  k|<3>sysctl table check failed: complain/(null) No proc_handler
  k|<6>complain_name: 0
  k|<3>sysctl table check failed: complain/(null) procname is null
  k|<3>sysctl table check failed: complain/(null) No proc_handler
  k|<6>complain_name: 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ insmod complain_name.ko what=sysctl_taken
  k|<3>sysctl duplicate entry: /complain/value
  k|<6>complain_name: 1 0
  k|<6>complain_name: end
  $ rmmod complain_name
  k|<6>complain_name: exit
  $ cat /proc/sys/kernel/tainted
  12288
