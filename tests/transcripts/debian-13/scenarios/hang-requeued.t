# work that queues itself again while its workqueue is destroyed
  $ insmod complain_lock.ko what=requeued_while_destroyed
  k|<4>complain_lock: loading out-of-tree module taints kernel.
  k|<5>complain_lock: module verification failed: signature and/or required key missing - tainting kernel
  k|<4>workqueue complain: drain_workqueue() isn't complete after 10 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 100 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 200 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 300 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 400 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 500 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 600 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 700 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 800 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 900 tries
  k|<4>workqueue complain: drain_workqueue() isn't complete after 1000 tries
  [hung]
