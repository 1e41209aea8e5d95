// One lock, wait or panic each that goes wrong, chosen by a parameter: what the kernel says of it.
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwlock.h>
#include <linux/rwsem.h>
#include <linux/sched/task.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/workqueue.h>

static char *what = "", *later = "";
module_param(what, charp, 0);
module_param(later, charp, 0);

#define SAY(format, ...) pr_info("complain_lock: " format "\n", ##__VA_ARGS__)

static DEFINE_SPINLOCK(lock);
static DEFINE_RWLOCK(both);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(semaphore);
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
static DEFINE_SEMAPHORE(counted);
#else
static DEFINE_SEMAPHORE(counted, 1);
#endif
static DECLARE_COMPLETION(done);

static struct timer_list timer;
static void spin_twice(void)
{
	spin_lock(&lock);
	SAY("first");
	spin_lock(&lock);
	SAY("second");
}

static void spin_irq_twice(void)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	SAY("first");
	spin_lock_irqsave(&lock, flags);
	SAY("second");
}

static void spin_bh_twice(void)
{
	spin_lock_bh(&lock);
	SAY("first");
	spin_lock_bh(&lock);
	SAY("second");
}

static void read_then_write(void)
{
	read_lock(&both);
	SAY("read");
	read_lock(&both);
	SAY("read again");
	write_lock(&both);
	SAY("written");
}

static void write_twice(void)
{
	write_lock(&both);
	SAY("written");
	write_lock(&both);
	SAY("written again");
}

static void write_then_read(void)
{
	write_lock(&both);
	SAY("written");
	read_lock(&both);
	SAY("read");
}

static void lock_never_set_up(void)
{
	static spinlock_t own;

	spin_lock(&own);
	SAY("taken");
	spin_unlock(&own);
}

static void unlock_twice(void)
{
	spin_lock(&lock);
	spin_unlock(&lock);
	preempt_disable();
	spin_unlock(&lock);
	SAY("%d", spin_is_locked(&lock));
}

static void trylock_twice(void)
{
	SAY("%d", spin_trylock(&lock));
	SAY("%d", spin_trylock(&lock));
	spin_unlock(&lock);
	SAY("%d", mutex_trylock(&mutex));
	SAY("%d", mutex_trylock(&mutex));
	mutex_unlock(&mutex);
	mutex_unlock(&mutex);
	SAY("%d", down_read_trylock(&semaphore));
	SAY("%d", down_write_trylock(&semaphore));
	up_read(&semaphore);
	SAY("%d", down_trylock(&counted));
	SAY("%d", down_trylock(&counted));
	up(&counted);
	SAY("%d", mutex_is_locked(&mutex));
}

static void timer_waits(struct timer_list *unused)
{
	SAY("timer");
	spin_lock(&lock);
	SAY("taken in timer");
	spin_unlock(&lock);
}

static void timer_wants_lock(void)
{
	timer_setup(&timer, timer_waits, 0);
	spin_lock(&lock);
	mod_timer(&timer, jiffies + 2);
	SAY("taken");
	mdelay(100);
	spin_unlock(&lock);
}

static void timer_wants_lock_bh(void)
{
	timer_setup(&timer, timer_waits, 0);
	spin_lock_bh(&lock);
	mod_timer(&timer, jiffies + 2);
	SAY("taken");
	mdelay(100);
	SAY("given back");
	spin_unlock_bh(&lock);
	SAY("after");
	msleep(10);
}

static void timer_sleeps(struct timer_list *unused)
{
	SAY("timer");
	msleep(10);
	SAY("slept");
}

static void sleep_in_timer(void)
{
	timer_setup(&timer, timer_sleeps, 0);
	mod_timer(&timer, jiffies + 2);
	msleep(100);
	SAY("after");
}

static void sleep_in_timer_busy(void)
{
	timer_setup(&timer, timer_sleeps, 0);
	mod_timer(&timer, jiffies + 2);
	mdelay(100);
	SAY("after");
}

static void timer_takes_mutex(struct timer_list *unused)
{
	SAY("timer");
	mutex_lock(&mutex);
	SAY("taken");
	mutex_unlock(&mutex);
}

static void mutex_in_timer(void)
{
	timer_setup(&timer, timer_takes_mutex, 0);
	mod_timer(&timer, jiffies + 2);
	msleep(100);
	mutex_lock(&mutex);
	mod_timer(&timer, jiffies + 2);
	SAY("held");
	msleep(100);
	SAY("after");
}

static void tasklet_sleeps(struct tasklet_struct *unused)
{
	SAY("tasklet");
	msleep(10);
	SAY("slept");
}

static DECLARE_TASKLET(tasklet, tasklet_sleeps);

static void sleep_in_tasklet(void)
{
	tasklet_schedule(&tasklet);
	msleep(100);
	SAY("after");
}

static struct tasklet_struct other;

static void tasklet_kills(struct tasklet_struct *unused)
{
	SAY("tasklet");
	tasklet_kill(&other);
	SAY("killed");
}

static void tasklet_empty(struct tasklet_struct *unused)
{
}

static DECLARE_TASKLET(killer, tasklet_kills);

static void kill_in_tasklet(void)
{
	tasklet_setup(&other, tasklet_empty);
	tasklet_schedule(&killer);
	msleep(100);
	SAY("after");
}

static struct work_struct work;
static struct workqueue_struct *own;

static void work_flushes_itself(struct work_struct *w)
{
	SAY("work");
	flush_work(w);
	SAY("flushed");
}

static void flush_itself(void)
{
	INIT_WORK(&work, work_flushes_itself);
	schedule_work(&work);
	msleep(100);
	SAY("after");
}

static void work_cancels_itself(struct work_struct *w)
{
	SAY("work");
	SAY("%d", cancel_work(w));
	cancel_work_sync(w);
	SAY("cancelled");
}

static void cancel_itself(void)
{
	INIT_WORK(&work, work_cancels_itself);
	schedule_work(&work);
	msleep(100);
	SAY("after");
}

static void work_flushes_queue(struct work_struct *w)
{
	SAY("work");
	flush_workqueue(own);
	SAY("flushed");
}

static void flush_own_queue(void)
{
	own = alloc_workqueue("complain", 0, 0);
	INIT_WORK(&work, work_flushes_queue);
	queue_work(own, &work);
	msleep(100);
	SAY("after");
}

static void chained(struct work_struct *w)
{
	SAY("chained");
}

static DECLARE_WORK(next, chained);

static void queued_late(struct timer_list *unused)
{
	SAY("%d", queue_work(own, &next));
}

static void slow(struct work_struct *w)
{
	msleep(100);
	SAY("%d", queue_work(own, &next));
}

static void queue_while_destroyed(void)
{
	own = alloc_workqueue("complain", 0, 0);
	INIT_WORK(&work, slow);
	queue_work(own, &work);
	timer_setup(&timer, queued_late, 0);
	mod_timer(&timer, jiffies + 10);
	msleep(10);
	destroy_workqueue(own);
	SAY("destroyed");
	msleep(100);
}

static void again(struct work_struct *w)
{
	msleep(20);
	queue_work(own, w);
}

static void requeued_while_destroyed(void)
{
	own = alloc_workqueue("complain", 0, 0);
	INIT_WORK(&work, again);
	queue_work(own, &work);
	msleep(10);
	destroy_workqueue(own);
	SAY("destroyed");
}

static void queue_on_nothing(void)
{
	INIT_WORK(&work, chained);
	queue_work(NULL, &work);
	SAY("after");
}

static void no_queue_name(void)
{
	SAY("%d", alloc_workqueue("complain", WQ_UNBOUND, 10000) != NULL);
	SAY("%d", alloc_workqueue("a_name_that_is_much_longer_than_a_queue_can_have", 0, 0) != NULL);
}

static void mutex_twice(void)
{
	mutex_lock(&mutex);
	SAY("first");
	mutex_lock(&mutex);
	SAY("second");
}

static void read_semaphore_then_write(void)
{
	down_read(&semaphore);
	SAY("read");
	down_write(&semaphore);
	SAY("written");
}

static void wait_for_ever(void)
{
	SAY("waits");
	wait_for_completion(&done);
	SAY("done");
}

static int ends(void *unused)
{
	return 5;
}

static void stop_ended_thread(void)
{
	struct task_struct *t = kthread_run(ends, NULL, "complain");

	get_task_struct(t);
	msleep(20);
	SAY("%d", kthread_stop(t));
	put_task_struct(t);
}

static void timer_twice_deleted(void)
{
	timer_setup(&timer, timer_waits, 0);
	mod_timer(&timer, jiffies + 1000);
	SAY("%d", del_timer_sync(&timer));
	SAY("%d", del_timer_sync(&timer));
	SAY("%d", timer_shutdown_sync(&timer));
	SAY("%d", mod_timer(&timer, jiffies + 2));
	msleep(50);
	SAY("%d", timer_pending(&timer));
}

static struct hrtimer precise;

static enum hrtimer_restart deletes(struct hrtimer *t)
{
	SAY("in hardirq %d", del_timer_sync(&timer));
	return HRTIMER_NORESTART;
}

static void delete_in_hardirq(void)
{
	timer_setup(&timer, timer_waits, 0);
	hrtimer_init(&precise, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	precise.function = deletes;
	hrtimer_start(&precise, ms_to_ktime(10), HRTIMER_MODE_REL);
	msleep(100);
	SAY("after");
}

static void bh_in_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	local_bh_disable();
	local_bh_enable();
	local_irq_restore(flags);
	SAY("after");
}

static void smp_call_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	free_irq(5, &lock);
	local_irq_restore(flags);
	SAY("after");
}

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static void irq_flags_differ(void)
{
	SAY("%d", request_irq(5, handler, IRQF_SHARED, "first", &lock));
	SAY("%d", request_irq(5, handler, 0, "second", &mutex));
	SAY("%d", request_irq(1, handler, 0, "keyboard", &mutex));
	SAY("%d", request_irq(1, handler, IRQF_SHARED, "keyboard", &mutex));
	free_irq(5, &lock);
	free_irq(5, &lock);
	SAY("%d", request_irq(5, handler, IRQF_SHARED, "first", NULL));
	SAY("%d", request_threaded_irq(5, NULL, handler, 0, "threaded", &lock));
	SAY("%d", request_irq(2, handler, 0, "cascade", &lock));
	SAY("%d", request_irq(50, handler, 0, "none", &lock));
}

static void module_put_too_often(void)
{
	module_put(THIS_MODULE);
	module_put(THIS_MODULE);
	SAY("%d", module_refcount(THIS_MODULE));
	SAY("%d", try_module_get(THIS_MODULE));
	SAY("%d", module_refcount(THIS_MODULE));
}

static void module_get(void)
{
	SAY("%d", try_module_get(THIS_MODULE));
}

static void module_gone(void)
{
	SAY("%d", try_module_get(THIS_MODULE));
	SAY("%d", module_refcount(THIS_MODULE));
	module_put(THIS_MODULE);
	SAY("%d", module_refcount(THIS_MODULE));
}

static void symbol_unknown(void)
{
	__symbol_put("complain_nobody");
}

static void panics(void)
{
	panic("complain_lock: no way on from %d", 5);
}

static void smashes_stack(void)
{
	char buffer[16];
	char *volatile p = buffer;
	int i;

	for (i = 0; i < 48; i++)
		p[i] = 0x41;
}

static void null_in_tasklet(struct tasklet_struct *unused)
{
	int *volatile p = NULL;

	SAY("%d", *p);
}

static DECLARE_TASKLET(faulty, null_in_tasklet);

static void faults_in_tasklet(void)
{
	tasklet_schedule(&faulty);
	msleep(100);
	SAY("after");
}

static void fault_locked(void)
{
	int *volatile p = NULL;

	spin_lock(&lock);
	SAY("%d", *p);
}

static int thread_faults(void *unused)
{
	int *volatile p = NULL;

	SAY("%d", *p);
	return 0;
}

static void faults_in_thread(void)
{
	kthread_run(thread_faults, NULL, "complainer");
	msleep(100);
	SAY("after");
}

static void work_faults(struct work_struct *w)
{
	int *volatile p = NULL;

	SAY("%d", *p);
}

static void faults_in_work(void)
{
	INIT_WORK(&work, work_faults);
	schedule_work(&work);
	msleep(100);
	SAY("after");
	INIT_WORK(&next, chained);
	schedule_work(&next);
	msleep(100);
}

static void breakpoint(void)
{
	asm volatile("int3");
}

#define DEED(name) { #name, name }
static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	DEED(spin_twice), DEED(spin_irq_twice), DEED(spin_bh_twice),
	DEED(read_then_write), DEED(write_twice), DEED(write_then_read), DEED(lock_never_set_up), DEED(unlock_twice),
	DEED(trylock_twice), DEED(timer_wants_lock), DEED(timer_wants_lock_bh), DEED(sleep_in_timer),
	DEED(sleep_in_timer_busy), DEED(mutex_in_timer), DEED(sleep_in_tasklet), DEED(kill_in_tasklet),
	DEED(flush_itself), DEED(cancel_itself), DEED(flush_own_queue), DEED(queue_while_destroyed),
	DEED(requeued_while_destroyed), DEED(queue_on_nothing), DEED(no_queue_name), DEED(mutex_twice),
	DEED(read_semaphore_then_write), DEED(wait_for_ever), DEED(stop_ended_thread), DEED(timer_twice_deleted),
	DEED(delete_in_hardirq), DEED(bh_in_irqs_off), DEED(smp_call_irqs_off), DEED(irq_flags_differ),
	DEED(module_put_too_often), DEED(module_get), DEED(module_gone), DEED(symbol_unknown), DEED(panics),
	DEED(smashes_stack), DEED(faults_in_tasklet), DEED(fault_locked), DEED(faults_in_thread),
	DEED(faults_in_work), DEED(breakpoint),
};

static void run(const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(deeds); i++)
		if (!strcmp(name, deeds[i].name))
			deeds[i].run();
}

static int __init complain_lock_init(void)
{
	run(what);
	SAY("end");
	return 0;
}

static void __exit complain_lock_exit(void)
{
	run(later);
	SAY("exit");
}

module_init(complain_lock_init);
module_exit(complain_lock_exit);
MODULE_LICENSE("GPL");
