// SPDX-License-Identifier: GPL-2.0-or-later
/* Who runs while somebody waits for readers of RCU and SRCU, and how long that is. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/srcu.h>

DEFINE_STATIC_SRCU(domain);
static struct completion ended;
static struct task_struct *speaker;
static struct rcu_head head;

static int speak(void *what)
{
	pr_info("rcu_wait: %s: other task\n", (char *)what);
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void waiting(const char *what, void (*wait)(void))
{
	unsigned long begin;

	speaker = kthread_create(speak, (void *)what, "speaker");
	schedule_timeout_uninterruptible(20); /* what waits for a grace period by now is done, and a tick begins */
	begin = jiffies;
	wake_up_process(speaker);
	pr_info("rcu_wait: %s\n", what);
	wait();
	pr_info("rcu_wait: %s: waited %lu ticks\n", what, jiffies - begin);
	kthread_stop(speaker);
}

static void srcu(void)
{
	synchronize_srcu(&domain);
}

static void srcu_expedited(void)
{
	synchronize_srcu_expedited(&domain);
}

static void srcu_callbacks(void)
{
	srcu_barrier(&domain);
}

static void called(struct rcu_head *unused)
{
	pr_info("rcu_wait: called in %s, softirq %d\n", current->comm, !!in_serving_softirq());
}

static void call_rcu_and_wait(void)
{
	call_rcu(&head, called);
	rcu_barrier();
}

static void call_srcu_and_wait(void)
{
	call_srcu(&domain, &head, called);
	pr_info("rcu_wait: call_srcu returned\n");
	srcu_barrier(&domain);
}

static int read_slowly(void *unused)
{
	int index = srcu_read_lock(&domain);

	pr_info("rcu_wait: reader %d in\n", index);
	msleep(100);
	pr_info("rcu_wait: reader %d out\n", index);
	srcu_read_unlock(&domain, index);
	complete(&ended);
	return 0;
}

static int read_rcu(void *unused)
{
	rcu_read_lock();
	pr_info("rcu_wait: RCU reader in\n");
	cond_resched();
	pr_info("rcu_wait: RCU reader out\n");
	rcu_read_unlock();
	complete(&ended);
	return 0;
}

static void readers(void)
{
	unsigned long begin = jiffies;

	init_completion(&ended);
	kthread_run(read_slowly, NULL, "reader");
	schedule_timeout_uninterruptible(1);
	synchronize_srcu(&domain);
	pr_info("rcu_wait: no reader, waited %d\n", jiffies - begin >= 25);
	wait_for_completion(&ended);
	init_completion(&ended);
	kthread_run(read_rcu, NULL, "reader");
	synchronize_rcu();
	pr_info("rcu_wait: no RCU reader\n");
	wait_for_completion(&ended);
}

static int __init rcu_wait_init(void)
{
	waiting("rcu", synchronize_rcu);
	waiting("rcu expedited", synchronize_rcu_expedited);
	waiting("barrier", rcu_barrier);
	waiting("callback and barrier", call_rcu_and_wait);
	waiting("srcu", srcu);
	waiting("srcu again", srcu);
	waiting("srcu expedited", srcu_expedited);
	waiting("srcu_barrier", srcu_callbacks);
	waiting("call_srcu", call_srcu_and_wait);
	waiting("call_srcu again", call_srcu_and_wait);
	readers();
	return 0;
}

static void __exit rcu_wait_exit(void)
{
	pr_info("rcu_wait: ended\n");
}

module_init(rcu_wait_init);
module_exit(rcu_wait_exit);
MODULE_DESCRIPTION("who runs while somebody waits for readers of RCU and SRCU");
MODULE_LICENSE("GPL");
