// SPDX-License-Identifier: GPL-2.0-or-later
/* Work that is put off: a tasklet that runs in between, and a thread of the module's own that works in order. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>

static void tasklet_run(struct tasklet_struct *tasklet)
{
	pr_info("bottom_half: the tasklet, %s\n", in_softirq() ? "in softirq" : "outside of softirq");
}

static void work_run(struct kthread_work *work);

static DECLARE_TASKLET(soon, tasklet_run);
static DEFINE_KTHREAD_WORK(first, work_run);
static DEFINE_KTHREAD_WORK(second, work_run);
static struct kthread_delayed_work late;
static struct kthread_worker *worker;

static void work_run(struct kthread_work *work)
{
	pr_info("bottom_half: %s begins the %s\n", current->comm,
		work == &first ? "first" : work == &second ? "second" : "late one");
	msleep(100);
	pr_info("bottom_half: done\n");
}

static int __init bottom_half_init(void)
{
	tasklet_schedule(&soon);
	tasklet_schedule(&soon);
	worker = kthread_create_worker(0, "helper/%d", 1);
	if (IS_ERR(worker))
		return PTR_ERR(worker);
	kthread_init_delayed_work(&late, work_run);
	kthread_queue_work(worker, &first);
	kthread_queue_work(worker, &second);
	pr_info("bottom_half: the first again: %d\n", kthread_queue_work(worker, &first));
	kthread_queue_delayed_work(worker, &late, 5 * HZ);
	return 0;
}

static void __exit bottom_half_exit(void)
{
	tasklet_kill(&soon);
	pr_info("bottom_half: the late one was pending: %d\n", kthread_cancel_delayed_work_sync(&late));
	kthread_destroy_worker(worker);
}

module_init(bottom_half_init);
module_exit(bottom_half_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A tasklet, and a worker of the module's own");
