// One wrong state each that code leaves behind or sleeps in, chosen by a parameter: what the kernel says of it.
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static char *what = "", *later = "";
module_param(what, charp, 0);
module_param(later, charp, 0);

static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(mutex);
static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_COMPLETION(done);
static volatile int zero;

static void state(void)
{
	pr_info("complain_atomic: %x, in_atomic %d, irqs_disabled %d\n", preempt_count(), in_atomic() != 0, irqs_disabled() != 0);
}

static void preempt_off(void)
{
	preempt_disable();
	state();
}

static void preempt_on(void)
{
	preempt_enable();
}

static void irqs_off(void)
{
	local_irq_disable();
	state();
}

static void bh_off(void)
{
	local_bh_disable();
	state();
}

static void locked(void)
{
	spin_lock(&lock);
	state();
}

static void locked_irq(void)
{
	spin_lock_irq(&lock);
	state();
}

static void unlocked_only(void)
{
	spin_unlock(&lock);
}

static void rcu_locked(void)
{
	rcu_read_lock();
	state();
}

static void sleep_locked(void)
{
	spin_lock(&lock);
	msleep(10);
	state();
	spin_unlock(&lock);
	state();
}

static void sleep_preempt_off(void)
{
	preempt_disable();
	msleep(10);
	preempt_enable();
}

static void sleep_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	msleep(10);
	state();
	local_irq_restore(flags);
}

static void sleep_bh_off(void)
{
	local_bh_disable();
	msleep(10);
	state();
	local_bh_enable();
}

static void sleep_rcu(void)
{
	rcu_read_lock();
	msleep(10);
	rcu_read_unlock();
}

static void schedule_locked(void)
{
	spin_lock(&lock);
	schedule();
	spin_unlock(&lock);
}

static void wait_locked(void)
{
	spin_lock(&lock);
	pr_info("complain_atomic: %ld\n", wait_event_timeout(queue, zero, 5));
	spin_unlock(&lock);
}

static void mutex_locked(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex);
	state();
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

static void kmalloc_locked(void)
{
	spin_lock(&lock);
	kfree(kmalloc(64, GFP_KERNEL));
	state();
	spin_unlock(&lock);
}

static void sleep_twice_locked(void)
{
	spin_lock(&lock);
	msleep(10);
	msleep(10);
	spin_unlock(&lock);
}

static struct timer_list timer;

static void timer_preempt(struct timer_list *unused)
{
	state();
	preempt_disable();
}

static void in_timer_preempt(void)
{
	timer_setup(&timer, timer_preempt, 0);
	mod_timer(&timer, jiffies + 2);
	msleep(50);
	state();
}

static void tasklet_preempt(struct tasklet_struct *unused)
{
	state();
	preempt_disable();
}

static DECLARE_TASKLET(tasklet, tasklet_preempt);

static void in_tasklet_preempt(void)
{
	tasklet_schedule(&tasklet);
	msleep(50);
	state();
}

static void work_preempt(struct work_struct *unused)
{
	state();
	preempt_disable();
}

static DECLARE_WORK(work, work_preempt);

static void in_work_preempt(void)
{
	schedule_work(&work);
	msleep(50);
	state();
}

static int thread_preempt(void *unused)
{
	preempt_disable();
	state();
	return 0;
}

static void in_thread_preempt(void)
{
	kthread_run(thread_preempt, NULL, "complainer");
	msleep(50);
	state();
}

static int thread_sleeps(void *unused)
{
	sleep_locked();
	return 0;
}

static void in_thread_sleep_locked(void)
{
	kthread_run(thread_sleeps, NULL, "complainer");
	msleep(50);
	state();
}

static void work_sleeps(struct work_struct *unused)
{
	sleep_locked();
}

static DECLARE_WORK(sleeper, work_sleeps);

static void in_work_sleep_locked(void)
{
	schedule_work(&sleeper);
	msleep(50);
	state();
}

static void timer_add_twice(void)
{
	timer_setup(&timer, timer_preempt, 0);
	timer.expires = jiffies + 1000;
	add_timer(&timer);
	add_timer(&timer);
}

static struct timer_list never_set_up;

static void timer_not_set_up(void)
{
	mod_timer(&never_set_up, jiffies + 2);
	msleep(50);
	pr_info("complain_atomic: %d\n", del_timer_sync(&never_set_up));
}

static struct work_struct no_work;

static void work_not_set_up(void)
{
	schedule_work(&no_work);
	msleep(50);
}

static void flush_not_set_up(void)
{
	pr_info("complain_atomic: %d\n", flush_work(&no_work));
	pr_info("complain_atomic: %d\n", cancel_work_sync(&no_work));
}

static void busy_work(struct work_struct *unused)
{
	msleep(100);
	pr_info("complain_atomic: work ends\n");
}

static DECLARE_WORK(busy, busy_work);
static DECLARE_DELAYED_WORK(delayed, busy_work);
static struct workqueue_struct *own;

static void queue_destroyed_busy(void)
{
	own = alloc_workqueue("complain", 0, 0);
	queue_work(own, &busy);
	msleep(10);
	destroy_workqueue(own);
	pr_info("complain_atomic: destroyed\n");
}

static struct work_struct again;

static void requeue(struct work_struct *unused)
{
	pr_info("complain_atomic: again\n");
	msleep(20);
	queue_work(own, &again);
}

static void queue_destroyed_requeued(void)
{
	INIT_WORK(&again, requeue);
	own = alloc_workqueue("complain", 0, 0);
	queue_work(own, &again);
	msleep(10);
	destroy_workqueue(own);
	pr_info("complain_atomic: destroyed\n");
}

static void free_irq_unknown(void)
{
	free_irq(5, &lock);
}

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static void free_irq_other(void)
{
	pr_info("complain_atomic: %d\n", request_irq(5, handler, IRQF_SHARED, "complain", &lock));
	free_irq(5, &mutex);
	free_irq(5, &lock);
}

static void enable_irq_twice(void)
{
	pr_info("complain_atomic: %d\n", request_irq(5, handler, IRQF_SHARED, "complain", &lock));
	disable_irq(5);
	enable_irq(5);
	enable_irq(5);
	free_irq(5, &lock);
}

static void irq_no_cookie(void)
{
	pr_info("complain_atomic: %d\n", request_irq(5, handler, IRQF_SHARED, "complain", NULL));
	pr_info("complain_atomic: %d\n", request_irq(5, NULL, 0, "complain", NULL));
	pr_info("complain_atomic: %d\n", request_irq(500, handler, 0, "complain", NULL));
}

static void bh_underflow(void)
{
	local_bh_enable();
	state();
}

static void wake_nothing(void)
{
	complete(&done);
	wait_for_completion(&done);
	pr_info("complain_atomic: %ld\n", wait_for_completion_timeout(&done, 5));
}

static void module_put_too_often(void)
{
	module_put(THIS_MODULE);
	module_put(THIS_MODULE);
	pr_info("complain_atomic: %d\n", module_refcount(THIS_MODULE));
}

static void divide(void)
{
	pr_info("complain_atomic: %d\n", 5 / zero);
}

static void breakpoint(void)
{
	asm volatile("int3");
}

static void undefined(void)
{
	asm volatile("ud2");
}

static void overflow_trap(void)
{
	asm volatile("int $4");
}

static void vector_80(void)
{
	asm volatile("int $0x80" : : "a"(20) : "memory");
}

static void privileged(void)
{
	asm volatile("int $13");
}

static void halt_instruction(void)
{
	asm volatile("hlt");
}

static void *spot;

static void nx_data(void)
{
	static char code[] = { 0xc3 };

	spot = code;
	((void (*)(void))spot)();
}

static void null_call(void)
{
	spot = NULL;
	OPTIMIZER_HIDE_VAR(spot);
	((void (*)(void))spot)();
}

static const int constant = 5;

static void write_constant(void)
{
	*(volatile int *)&constant = 6;
}

static void noncanonical(void)
{
	pr_info("complain_atomic: %d\n", *(volatile int *)0x1122334455667788);
}

static int recursion(volatile int depth)
{
	volatile char fill[400];

	fill[depth % 400] = depth;
	return recursion(depth + 1) + fill[depth % 300];
}

static void stack_overflow(void)
{
	pr_info("complain_atomic: %d\n", recursion(0));
}

static void smashed_stack(void)
{
	char buffer[16];
	char *volatile p = buffer;
	int i;

	for (i = 0; i < 48; i++)
		p[i] = 0x41;
}

static void bug(void)
{
	BUG();
}

static void warn(void)
{
	WARN(1, "complain_atomic: warned %d\n", 5);
	WARN_ON_ONCE(1);
	WARN_ON_ONCE(1);
}

static void panic_is_called(void)
{
	panic("complain_atomic: no way on from %d", 5);
}

#define DEED(name) { #name, name }
static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	DEED(preempt_off), DEED(preempt_on), DEED(irqs_off), DEED(bh_off), DEED(locked), DEED(locked_irq),
	DEED(unlocked_only), DEED(rcu_locked), DEED(sleep_locked), DEED(sleep_preempt_off), DEED(sleep_irqs_off),
	DEED(sleep_bh_off), DEED(sleep_rcu), DEED(schedule_locked), DEED(wait_locked), DEED(mutex_locked),
	DEED(kmalloc_locked), DEED(sleep_twice_locked), DEED(in_timer_preempt), DEED(in_tasklet_preempt),
	DEED(in_work_preempt), DEED(in_thread_preempt), DEED(in_thread_sleep_locked), DEED(in_work_sleep_locked),
	DEED(timer_add_twice), DEED(timer_not_set_up), DEED(work_not_set_up), DEED(flush_not_set_up),
	DEED(queue_destroyed_busy), DEED(queue_destroyed_requeued), DEED(free_irq_unknown), DEED(free_irq_other),
	DEED(enable_irq_twice), DEED(irq_no_cookie), DEED(bh_underflow), DEED(wake_nothing), DEED(module_put_too_often),
	DEED(divide), DEED(breakpoint), DEED(undefined), DEED(overflow_trap), DEED(vector_80), DEED(privileged),
	DEED(halt_instruction), DEED(nx_data), DEED(null_call), DEED(write_constant), DEED(noncanonical),
	DEED(stack_overflow), DEED(smashed_stack), DEED(bug), DEED(warn), DEED(panic_is_called),
};

static void run(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(deeds); i++)
		if (!strcmp(name, deeds[i].name))
			deeds[i].run();
}

static ssize_t complain_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	char name[40] = "";

	if (size >= sizeof(name) || copy_from_user(name, buffer, size))
		return -EINVAL;
	run(strim(name));
	return size;
}

static const struct proc_ops operations = { .proc_write = complain_write };

static int __init complain_atomic_init(void)
{
	proc_create("complain", 0200, NULL, &operations);
	run(what);
	pr_info("complain_atomic: end\n");
	return 0;
}

static void __exit complain_atomic_exit(void)
{
	remove_proc_entry("complain", NULL);
	run(later);
	pr_info("complain_atomic: exit\n");
}

module_init(complain_atomic_init);
module_exit(complain_atomic_exit);
MODULE_LICENSE("GPL");
