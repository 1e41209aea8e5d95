// Who runs tasklets, timers and other softirqs: the task that they find, for each way in which they come to run.
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static char *what = "";
module_param(what, charp, 0);

#define SAY(format, ...) pr_info("contexts: " format "\n", ##__VA_ARGS__)

static const char *kind(void)
{
	return in_hardirq() ? "hardirq" : in_serving_softirq() ? "softirq" : in_interrupt() ? "softirqs off" : "task";
}

static void tell(const char *who)
{
	SAY("%s: %s, %s, irqs %s", who, current->comm, kind(), irqs_disabled() ? "off" : "on");
}

static void tasklet_function(struct tasklet_struct *unused) { tell("tasklet"); }
static void timer_function(struct timer_list *unused) { tell("timer"); }
static enum hrtimer_restart precise_function(struct hrtimer *unused) { tell("hrtimer"); return HRTIMER_NORESTART; }
static enum hrtimer_restart soft_function(struct hrtimer *unused) { tell("soft hrtimer"); return HRTIMER_NORESTART; }
static void work_function(struct work_struct *unused) { tell("work"); }

static DECLARE_TASKLET(tasklet, tasklet_function);
static DEFINE_TIMER(timer, timer_function);
static DECLARE_WORK(work, work_function);
static DEFINE_SPINLOCK(lock);
static struct hrtimer precise;

static void tasklet_alone(void)
{
	tasklet_schedule(&tasklet);
	tell("scheduled");
}

static void tasklet_then_sleep(void)
{
	tasklet_schedule(&tasklet);
	tell("scheduled");
	msleep(20);
	tell("slept");
}

static void tasklet_then_busy(void)
{
	tasklet_schedule(&tasklet);
	tell("scheduled");
	mdelay(20);
	tell("busy");
}

static void tasklet_in_bh(void)
{
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tell("scheduled");
	local_bh_enable();
	tell("enabled");
}

static void tasklet_in_lock(void)
{
	spin_lock_bh(&lock);
	tasklet_hi_schedule(&tasklet);
	tell("scheduled");
	spin_unlock_bh(&lock);
	tell("unlocked");
}

static void tasklet_then_bh(void)
{
	tasklet_schedule(&tasklet);
	tell("scheduled");
	spin_lock_bh(&lock);
	tell("locked");
	spin_unlock_bh(&lock);
	tell("unlocked");
}

static void tasklet_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	tasklet_schedule(&tasklet);
	tell("scheduled");
	local_irq_restore(flags);
	tell("restored");
}

static void timer_while_asleep(void)
{
	mod_timer(&timer, jiffies + 2);
	msleep(40);
	tell("slept");
}

static void timer_while_busy(void)
{
	mod_timer(&timer, jiffies + 2);
	mdelay(40);
	tell("busy");
}

static void start_precise(enum hrtimer_restart (*function)(struct hrtimer *), enum hrtimer_mode mode)
{
	hrtimer_init(&precise, CLOCK_MONOTONIC, mode);
	precise.function = function;
	hrtimer_start(&precise, 5000000, mode);
}

static void hrtimer_while_asleep(void)
{
	start_precise(precise_function, HRTIMER_MODE_REL);
	msleep(40);
	tell("slept");
}

static void hrtimer_while_busy(void)
{
	start_precise(precise_function, HRTIMER_MODE_REL);
	mdelay(40);
	tell("busy");
}

static void soft_hrtimer_while_busy(void)
{
	start_precise(soft_function, HRTIMER_MODE_REL_SOFT);
	mdelay(40);
	tell("busy");
}

static void tasklet_from_timer_function(struct timer_list *unused)
{
	tell("timer");
	tasklet_schedule(&tasklet);
	tell("scheduled");
}

static void tasklet_from_timer(void)
{
	timer.function = tasklet_from_timer_function;
	mod_timer(&timer, jiffies + 2);
	msleep(40);
	tell("slept");
}

static void tasklet_from_busy_timer(void)
{
	timer.function = tasklet_from_timer_function;
	mod_timer(&timer, jiffies + 2);
	mdelay(40);
	tell("busy");
}

static int thread_function(void *unused)
{
	tell("thread");
	tasklet_schedule(&tasklet);
	tell("scheduled");
	msleep(20);
	tell("thread slept");
	return 0;
}

static void tasklet_from_thread(void)
{
	kthread_run(thread_function, NULL, "contexts");
	msleep(60);
	tell("slept");
}

static void work_alone(void)
{
	schedule_work(&work);
	tell("scheduled");
	flush_work(&work);
}

static const struct { const char *name; void (*call)(void); } table[] = {
#define ENTRY(name) { #name, name }
	ENTRY(tasklet_alone), ENTRY(tasklet_then_sleep), ENTRY(tasklet_then_busy), ENTRY(tasklet_in_bh),
	ENTRY(tasklet_in_lock), ENTRY(tasklet_then_bh), ENTRY(tasklet_irqs_off), ENTRY(timer_while_asleep),
	ENTRY(timer_while_busy), ENTRY(hrtimer_while_asleep), ENTRY(hrtimer_while_busy),
	ENTRY(soft_hrtimer_while_busy), ENTRY(tasklet_from_timer), ENTRY(tasklet_from_busy_timer),
	ENTRY(tasklet_from_thread), ENTRY(work_alone),

};

static int __init contexts_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].name, what))
			table[i].call();
	return 0;
}

static void __exit contexts_exit(void)
{
	del_timer_sync(&timer);
	tasklet_kill(&tasklet);
}

module_init(contexts_init);
module_exit(contexts_exit);
MODULE_LICENSE("GPL");
