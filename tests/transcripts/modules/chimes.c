// SPDX-License-Identifier: GPL-2.0-or-later
/* What comes later: timers, hrtimers, tasklets, work and delayed work, and a file that waits for it. */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

static struct timer_list timer;
static struct hrtimer precise;
static struct workqueue_struct *queue;
static DECLARE_COMPLETION(rung);
static unsigned long begun;
static int left, ticks;

static const char *where(void)
{
	return in_hardirq() ? "interrupt" : in_serving_softirq() ? "softirq" : in_interrupt() ? "no bottom halves" : "task";
}

static void work_function(struct work_struct *work)
{
	pr_info("work in %s of %.10s\n", where(), current->comm);
}
static DECLARE_WORK(work, work_function);

static void delayed_function(struct work_struct *own)
{
	pr_info("delayed work after at least 50 ms: %d\n", time_after_eq(jiffies, begun + msecs_to_jiffies(50)));
	complete(&rung);
}
static DECLARE_DELAYED_WORK(delayed, delayed_function);

static void tasklet_function(struct tasklet_struct *own)
{
	pr_info("tasklet in %s\n", where());
	queue_work(queue, &work);
	queue_delayed_work(queue, &delayed, msecs_to_jiffies(50));
}
static DECLARE_TASKLET(tasklet, tasklet_function);

static void timer_function(struct timer_list *own)
{
	pr_info("timer in %s, %d left\n", where(), --left);
	if (left > 0)
		mod_timer(own, jiffies + msecs_to_jiffies(20));
	else
		tasklet_schedule(&tasklet);
}

static enum hrtimer_restart precise_function(struct hrtimer *own)
{
	pr_info("hrtimer in %s, tick %d\n", where(), ++ticks);
	hrtimer_forward_now(own, ms_to_ktime(10));
	return ticks < 3 ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

static ssize_t chimes_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	int error = kstrtoint_from_user(buffer, size, 0, &left);

	if (error)
		return error;
	if (left < 1)
		return -ERANGE;
	begun = jiffies;
	ticks = 0;
	reinit_completion(&rung);
	pr_info("pending before: %d\n", timer_pending(&timer));
	mod_timer(&timer, jiffies + msecs_to_jiffies(20));
	hrtimer_start(&precise, ms_to_ktime(5), HRTIMER_MODE_REL);
	return size;
}

static ssize_t chimes_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	char text[32];
	long wait;

	if (*position)
		return 0;
	wait = wait_for_completion_interruptible_timeout(&rung, msecs_to_jiffies(2000));
	if (wait < 0)
		return wait;
	return simple_read_from_buffer(buffer, size, position, text,
				       scnprintf(text, sizeof(text), "%s\n", wait ? "rung" : "silence"));
}

static const struct proc_ops ops = { .proc_write = chimes_write, .proc_read = chimes_read };

static int __init chimes_init(void)
{
	queue = alloc_ordered_workqueue("chimes", 0);
	if (!queue)
		return -ENOMEM;
	timer_setup(&timer, timer_function, 0);
	hrtimer_init(&precise, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	precise.function = precise_function;
	proc_create("chimes", 0666, NULL, &ops);
	return 0;
}

static void __exit chimes_exit(void)
{
	proc_remove(proc_create("chimes2", 0, NULL, &ops));
	remove_proc_entry("chimes", NULL);
	pr_info("timer %d, hrtimer %d, delayed %d\n", del_timer_sync(&timer), hrtimer_cancel(&precise),
		cancel_delayed_work_sync(&delayed));
	tasklet_kill(&tasklet);
	destroy_workqueue(queue);
}

module_init(chimes_init);
module_exit(chimes_exit);
MODULE_DESCRIPTION("What comes later");
MODULE_LICENSE("GPL");
