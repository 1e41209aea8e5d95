#include "calls.h"
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <net/net_namespace.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>

static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(rw);
static struct rcu_head head;
static int called;
static void later(struct rcu_head *h) { called++; }
static struct { struct rcu_head rcu; int x; } *freed;

static void spins(void)
{
	unsigned long flags;
	spinlock_t dynamic;

	spin_lock_init(&dynamic);
	spin_lock(&dynamic);
	INT(spin_is_locked(&dynamic));
	INT(spin_trylock(&dynamic));
	spin_unlock(&dynamic);
	INT(spin_is_locked(&dynamic));
	INT(spin_trylock(&dynamic));
	spin_unlock(&dynamic);
	spin_lock_irqsave(&spin, flags);
	INT(irqs_disabled());
	spin_unlock_irqrestore(&spin, flags);
	INT(irqs_disabled());
	spin_lock_irq(&spin);
	INT(irqs_disabled());
	spin_unlock_irq(&spin);
	INT(irqs_disabled());
	spin_lock_bh(&spin);
	INT(!!in_softirq());
	INT(!!in_interrupt());
	spin_unlock_bh(&spin);
	INT(!!in_softirq());
	INT(spin_trylock_bh(&spin));
	INT(spin_is_locked(&spin));
	spin_unlock_bh(&spin);
	local_bh_disable();
	INT(!!in_softirq());
	local_bh_enable();
	INT(!!in_softirq());

	read_lock(&rw); read_lock(&rw);
	INT(rwlock_is_contended(&rw));
	read_unlock(&rw); read_unlock(&rw);
	read_lock_bh(&rw); INT(!!in_softirq()); read_unlock_bh(&rw);
	read_lock_irq(&rw); INT(irqs_disabled()); read_unlock_irq(&rw);
	read_lock_irqsave(&rw, flags); INT(irqs_disabled()); read_unlock_irqrestore(&rw, flags);
	write_lock(&rw); write_unlock(&rw);
	write_lock_bh(&rw); INT(!!in_softirq()); write_unlock_bh(&rw);
	write_lock_irq(&rw); INT(irqs_disabled()); write_unlock_irq(&rw);
	write_lock_irqsave(&rw, flags); INT(irqs_disabled()); write_unlock_irqrestore(&rw, flags);
	INT(irqs_disabled());
	INT(preempt_count());
}

static void sleeping(void)
{
	struct mutex m;
	struct rw_semaphore s;
	struct semaphore sem;
	atomic_t count = ATOMIC_INIT(2);
	refcount_t refs = REFCOUNT_INIT(2);

	mutex_init(&m);
	INT(mutex_is_locked(&m));
	DO(mutex_lock(&m));
	INT(mutex_is_locked(&m));
	INT(mutex_trylock(&m));
	DO(mutex_unlock(&m));
	INT(mutex_trylock(&m));
	mutex_unlock(&m);
	INT(mutex_lock_interruptible(&m));
	mutex_unlock(&m);
	INT(mutex_lock_killable(&m));
	mutex_unlock(&m);
	DO(mutex_lock_io(&m));
	mutex_unlock(&m);
	INT(atomic_dec_and_mutex_lock(&count, &m));
	INT(mutex_is_locked(&m));
	INT(atomic_dec_and_mutex_lock(&count, &m));
	INT(mutex_is_locked(&m));
	INT(atomic_read(&count));
	mutex_unlock(&m);
	INT(refcount_dec_and_mutex_lock(&refs, &m));
	INT(refcount_dec_and_mutex_lock(&refs, &m));
	INT(mutex_is_locked(&m));
	mutex_unlock(&m);

	init_rwsem(&s);
	DO(down_read(&s));
	INT(down_read_trylock(&s));
	INT(down_write_trylock(&s));
	up_read(&s);
	DO(up_read(&s));
	INT(down_write_trylock(&s));
	INT(down_read_trylock(&s));
	DO(downgrade_write(&s));
	INT(down_read_trylock(&s));
	up_read(&s);
	up_read(&s);
	INT(rwsem_is_locked(&s));
	DO(down_write(&s));
	INT(rwsem_is_locked(&s));
	DO(up_write(&s));
	INT(down_read_interruptible(&s)); up_read(&s);
	INT(down_read_killable(&s)); up_read(&s);
	INT(down_write_killable(&s)); up_write(&s);

	sema_init(&sem, 2);
	DO(down(&sem));
	INT(down_trylock(&sem));
	INT(down_trylock(&sem));
	INT(down_timeout(&sem, 2));
	DO(up(&sem));
	INT(down_interruptible(&sem));
	up(&sem);
	INT(down_killable(&sem));
	INT(sem.count);
}

static void rcu(void)
{
	struct srcu_struct srcu;
	int idx;

	rcu_read_lock();
	rcu_read_unlock();
	__rcu_read_lock();
	__rcu_read_unlock();
	DO(synchronize_rcu());
	DO(synchronize_rcu_expedited());
	DO(synchronize_net());
	call_rcu(&head, later);
	DO(rcu_barrier());
	INT(called);
	freed = kmalloc(sizeof(*freed), GFP_KERNEL);
	kfree_rcu(freed, rcu);
	freed = kmalloc(sizeof(*freed), GFP_KERNEL);
	kvfree_rcu(freed);
	rcu_barrier();
	DO(synchronize_rcu_tasks());
	DO(rcu_barrier_tasks());
	INT(init_srcu_struct(&srcu));
	idx = srcu_read_lock(&srcu);
	INT(idx);
	srcu_read_unlock(&srcu, idx);
	DO(synchronize_srcu(&srcu));
	idx = srcu_read_lock(&srcu);
	INT(idx);
	srcu_read_unlock(&srcu, idx);
	DO(cleanup_srcu_struct(&srcu));
	INT(rtnl_is_locked());
	DO(rtnl_lock());
	INT(rtnl_is_locked());
	INT(rtnl_trylock());
	DO(rtnl_unlock());
	INT(rtnl_trylock());
	rtnl_unlock();
}

static int __init calls_init(void)
{
	spins();
	sleeping();
	rcu();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
