# a fault in a tasklet
  $ insmod complain_lock.ko what=faults_in_tasklet
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<1>BUG: kernel NULL pointer dereference, address: 0000000000000000
  k|<1>#PF: supervisor read access in kernel mode
  k|<1>#PF: error_code(0x0000) - not-present page
  k|<...>
  k|<4>Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
  k|<...>
  k|<4>Tainted: [O]=OOT_MODULE, [E]=UNSIGNED_MODULE
  k|<...>
  k|<0>Kernel panic - not syncing: Fatal exception in interrupt
  k|<0>Kernel Offset: disabled
  k|<...>
  [hung]
