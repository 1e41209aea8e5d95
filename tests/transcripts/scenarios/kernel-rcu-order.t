# functions that wait for a grace period of RCU
  $ insmod rcu_order.ko
  k|<4>rcu_order: loading out-of-tree module taints kernel.
  k|<5>rcu_order: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>rcu_order: 1 there
  k|<6>rcu_order: 2 there
  k|<6>rcu_order: 3 there
  k|<6>rcu_order: first removed
  k|<6>rcu_order: second removed
  k|<6>rcu_order: 1 gone, softirq 1
  k|<6>rcu_order: in swapper/0
  k|<6>rcu_order: 2 gone, softirq 1
  k|<6>rcu_order: in swapper/0
  k|<6>rcu_order: waited
  k|<6>rcu_order: begun
  k|<6>rcu_order: 9 gone, softirq 1
  $ rmmod rcu_order
  k|<6>rcu_order: ending
  k|<6>rcu_order: 9 gone, softirq 1
  k|<6>rcu_order: ended
