// In which order timers and sleepers of one step of the kernel's wheel of timers have their turn.
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/timer.h>

struct named {
	struct timer_list timer;
	const char *name;
};

static void tell(struct timer_list *timer)
{
	pr_info("timer_order: %s\n", from_timer((struct named *)NULL, timer, timer)->name);
}

static struct named first = { .name = "first" }, second = { .name = "second" }, third = { .name = "third" };

static void same_step(unsigned long ticks)
{
	unsigned long now;

	// Right after a tick, so that all are set in the same one.
	schedule_timeout_uninterruptible(1);
	now = jiffies;
	mod_timer(&first.timer, now + ticks);
	mod_timer(&second.timer, now + ticks);
	mod_timer(&third.timer, now + ticks);
	msleep(4 * ticks + 200);
}

static void both_levels(void)
{
	unsigned long end = round_up(jiffies + 100, 64);

	// Both run in the jiffy `end`: the first is set from afar, the second from near by.
	mod_timer(&first.timer, end - 8);
	schedule_timeout_uninterruptible(end - 40 - jiffies);
	mod_timer(&second.timer, end - 1);
	msleep(400);
}

static int sleeper(void *name)
{
	msleep(5000);
	pr_info("timer_order: %s has slept\n", (char *)name);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(MAX_SCHEDULE_TIMEOUT);
	return 0;
}

static struct task_struct *a, *b, *c;

static int __init timer_order_init(void)
{
	timer_setup(&first.timer, tell, 0);
	timer_setup(&second.timer, tell, 0);
	timer_setup(&third.timer, tell, 0);
	pr_info("timer_order: the same tick\n");
	same_step(5);
	pr_info("timer_order: the same step, from afar\n");
	same_step(200);
	both_levels();

	a = kthread_create(sleeper, "a", "sleeper");
	b = kthread_create(sleeper, "b", "sleeper");
	c = kthread_create(sleeper, "c", "sleeper");
	// Right after the beginning of a step of 64 ticks.
	schedule_timeout_uninterruptible(round_up(jiffies + 2, 64) + 1 - jiffies);
	wake_up_process(a);
	wake_up_process(b);
	wake_up_process(c);
	return 0;
}

static void __exit timer_order_exit(void)
{
	msleep(6000);
	kthread_stop(a);
	kthread_stop(b);
	kthread_stop(c);
}

module_init(timer_order_init);
module_exit(timer_order_exit);
MODULE_LICENSE("GPL");
