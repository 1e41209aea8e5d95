# who runs while somebody waits for a grace period of RCU or SRCU
  $ insmod rcu_wait.ko
  k|<4>rcu_wait: loading out-of-tree module taints kernel.
  k|<5>rcu_wait: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>rcu_wait: rcu
  k|<6>rcu_wait: rcu: other task
  k|<6>rcu_wait: rcu: waited 3 ticks
  k|<6>rcu_wait: rcu expedited
  k|<6>rcu_wait: rcu expedited: waited 0 ticks
  k|<6>rcu_wait: barrier
  k|<6>rcu_wait: barrier: waited 0 ticks
  k|<6>rcu_wait: callback and barrier
  k|<6>rcu_wait: callback and barrier: other task
  k|<6>rcu_wait: called in swapper/0, softirq 1
  k|<6>rcu_wait: callback and barrier: waited 3 ticks
  k|<6>rcu_wait: srcu
  k|<6>rcu_wait: srcu: waited 0 ticks
  k|<6>rcu_wait: srcu again
  k|<6>rcu_wait: srcu again: waited 0 ticks
  k|<6>rcu_wait: srcu expedited
  k|<6>rcu_wait: srcu expedited: waited 0 ticks
  k|<6>rcu_wait: srcu_barrier
  k|<6>rcu_wait: srcu_barrier: waited 0 ticks
  k|<6>rcu_wait: call_srcu
  k|<6>rcu_wait: call_srcu returned
  k|<6>rcu_wait: call_srcu: other task
  k|<6>rcu_wait: called in kworker/0:2, softirq 0
  k|<6>rcu_wait: call_srcu: waited 4 ticks
  k|<6>rcu_wait: call_srcu again
  k|<6>rcu_wait: call_srcu returned
  k|<6>rcu_wait: call_srcu again: other task
  k|<6>rcu_wait: called in kworker/0:2, softirq 0
  k|<6>rcu_wait: call_srcu again: waited 4 ticks
  k|<6>rcu_wait: reader 1 in
  k|<6>rcu_wait: reader 1 out
  k|<6>rcu_wait: no reader, waited 1
  k|<6>rcu_wait: RCU reader in
  k|<6>rcu_wait: RCU reader out
  k|<6>rcu_wait: no RCU reader
  $ rmmod rcu_wait
  k|<6>rcu_wait: ended
