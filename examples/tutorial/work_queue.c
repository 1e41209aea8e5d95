// SPDX-License-Identifier: GPL-2.0-or-later
/* Work that a worker does: one piece at once, one after two seconds, one that sleeps. */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *queue;
static struct work_struct at_once, sleepy;
static struct delayed_work later;

static void do_at_once(struct work_struct *work)
{
	pr_info("work_queue: at once\n");
}

static void do_sleepy(struct work_struct *work)
{
	pr_info("work_queue: sleeping\n");
	msleep(1000);
	pr_info("work_queue: slept\n");
}

static void do_later(struct work_struct *work)
{
	pr_info("work_queue: later\n");
}

static int __init work_queue_init(void)
{
	queue = alloc_workqueue("lesson", WQ_UNBOUND, 4);
	if (!queue)
		return -ENOMEM;
	INIT_WORK(&at_once, do_at_once);
	INIT_WORK(&sleepy, do_sleepy);
	INIT_DELAYED_WORK(&later, do_later);
	queue_work(queue, &sleepy);
	queue_work(queue, &at_once);
	queue_delayed_work(queue, &later, 2 * HZ);
	pr_info("work_queue: queued\n");
	return 0;
}

static void __exit work_queue_exit(void)
{
	cancel_delayed_work_sync(&later);
	destroy_workqueue(queue);
	pr_info("work_queue: gone\n");
}

module_init(work_queue_init);
module_exit(work_queue_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A workqueue");
