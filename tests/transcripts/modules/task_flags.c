// SPDX-License-Identifier: GPL-2.0-or-later
/* What kind of task runs: flags of a thread, of workers, of the caller. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/workqueue.h>

static DECLARE_COMPLETION(done);

static void tell(const char *who)
{
	pr_info("task_flags: %s: %08x\n", who, current->flags);
}

static int thread(void *data)
{
	tell("thread");
	complete(&done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

static void work(struct work_struct *work)
{
	tell("worker");
}

static DECLARE_WORK(item, work);
static DECLARE_WORK(other, work);
static struct task_struct *task;

static int __init task_flags_init(void)
{
	struct workqueue_struct *queue = alloc_workqueue("task_flags", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);

	tell("caller");
	schedule_work(&item);
	flush_work(&item);
	queue_work(queue, &other);
	destroy_workqueue(queue);
	task = kthread_run(thread, NULL, "task_flags");
	wait_for_completion(&done);
	return 0;
}

static void __exit task_flags_exit(void)
{
	tell("caller");
	kthread_stop(task);
}

module_init(task_flags_init);
module_exit(task_flags_exit);
MODULE_DESCRIPTION("what kind of task runs");
MODULE_LICENSE("GPL");
