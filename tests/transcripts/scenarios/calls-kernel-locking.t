# every kind of lock, and RCU: kernel/locking, kernel/rcu
  $ insmod calls/kernel_locking.ko
  k|<4>kernel_locking: loading out-of-tree module taints kernel.
  k|<5>kernel_locking: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_locking: spin_is_locked(&dynamic) = 1
  k|<6>kernel_locking: spin_trylock(&dynamic) = 0
  k|<6>kernel_locking: spin_is_locked(&dynamic) = 0
  k|<6>kernel_locking: spin_trylock(&dynamic) = 1
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: irqs_disabled() = 0
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: irqs_disabled() = 0
  k|<6>kernel_locking: !!in_softirq() = 1
  k|<6>kernel_locking: !!in_interrupt() = 1
  k|<6>kernel_locking: !!in_softirq() = 0
  k|<6>kernel_locking: spin_trylock_bh(&spin) = 1
  k|<6>kernel_locking: spin_is_locked(&spin) = 1
  k|<6>kernel_locking: !!in_softirq() = 1
  k|<6>kernel_locking: !!in_softirq() = 0
  k|<6>kernel_locking: rwlock_is_contended(&rw) = 0
  k|<6>kernel_locking: !!in_softirq() = 1
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: !!in_softirq() = 1
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: irqs_disabled() = 1
  k|<6>kernel_locking: irqs_disabled() = 0
  k|<6>kernel_locking: preempt_count() = 0
  k|<6>kernel_locking: mutex_is_locked(&m) = 0
  k|<6>kernel_locking: mutex_lock(&m)
  k|<6>kernel_locking: mutex_is_locked(&m) = 1
  k|<6>kernel_locking: mutex_trylock(&m) = 0
  k|<6>kernel_locking: mutex_unlock(&m)
  k|<6>kernel_locking: mutex_trylock(&m) = 1
  k|<6>kernel_locking: mutex_lock_interruptible(&m) = 0
  k|<6>kernel_locking: mutex_lock_killable(&m) = 0
  k|<6>kernel_locking: mutex_lock_io(&m)
  k|<6>kernel_locking: atomic_dec_and_mutex_lock(&count, &m) = 0
  k|<6>kernel_locking: mutex_is_locked(&m) = 0
  k|<6>kernel_locking: atomic_dec_and_mutex_lock(&count, &m) = 1
  k|<6>kernel_locking: mutex_is_locked(&m) = 1
  k|<6>kernel_locking: atomic_read(&count) = 0
  k|<6>kernel_locking: refcount_dec_and_mutex_lock(&refs, &m) = 0
  k|<6>kernel_locking: refcount_dec_and_mutex_lock(&refs, &m) = 1
  k|<6>kernel_locking: mutex_is_locked(&m) = 1
  k|<6>kernel_locking: down_read(&s)
  k|<6>kernel_locking: down_read_trylock(&s) = 1
  k|<6>kernel_locking: down_write_trylock(&s) = 0
  k|<6>kernel_locking: up_read(&s)
  k|<6>kernel_locking: down_write_trylock(&s) = 1
  k|<6>kernel_locking: down_read_trylock(&s) = 0
  k|<6>kernel_locking: downgrade_write(&s)
  k|<6>kernel_locking: down_read_trylock(&s) = 1
  k|<6>kernel_locking: rwsem_is_locked(&s) = 0
  k|<6>kernel_locking: down_write(&s)
  k|<6>kernel_locking: rwsem_is_locked(&s) = 1
  k|<6>kernel_locking: up_write(&s)
  k|<6>kernel_locking: down_read_interruptible(&s) = 0
  k|<6>kernel_locking: down_read_killable(&s) = 0
  k|<6>kernel_locking: down_write_killable(&s) = 0
  k|<6>kernel_locking: down(&sem)
  k|<6>kernel_locking: down_trylock(&sem) = 0
  k|<6>kernel_locking: down_trylock(&sem) = 1
  k|<6>kernel_locking: down_timeout(&sem, 2) = -62
  k|<6>kernel_locking: up(&sem)
  k|<6>kernel_locking: down_interruptible(&sem) = 0
  k|<6>kernel_locking: down_killable(&sem) = 0
  k|<6>kernel_locking: sem.count = 0
  k|<6>kernel_locking: synchronize_rcu()
  k|<6>kernel_locking: synchronize_rcu_expedited()
  k|<6>kernel_locking: synchronize_net()
  k|<6>kernel_locking: rcu_barrier()
  k|<6>kernel_locking: called = 1
  k|<6>kernel_locking: synchronize_rcu_tasks()
  k|<6>kernel_locking: rcu_barrier_tasks()
  k|<6>kernel_locking: init_srcu_struct(&srcu) = 0
  k|<6>kernel_locking: idx = 0
  k|<6>kernel_locking: synchronize_srcu(&srcu)
  k|<6>kernel_locking: idx = 1
  k|<6>kernel_locking: cleanup_srcu_struct(&srcu)
  k|<6>kernel_locking: rtnl_is_locked() = 0
  k|<6>kernel_locking: rtnl_lock()
  k|<6>kernel_locking: rtnl_is_locked() = 1
  k|<6>kernel_locking: rtnl_trylock() = 0
  k|<6>kernel_locking: rtnl_unlock()
  k|<6>kernel_locking: rtnl_trylock() = 1
  $ rmmod kernel_locking
