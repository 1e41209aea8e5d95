// SPDX-License-Identifier: GPL-2.0-or-later
/* A thread that says something every second until it is told to stop, and one that waits to be woken. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(queue);
static struct task_struct *speaker, *listener;
static int said;

static int speak(void *unused)
{
	while (!kthread_should_stop()) {
		pr_info("%s: %d\n", current->comm, ++said);
		wake_up_interruptible(&queue);
		ssleep(1);
	}
	return 7;
}

static int listen(void *unused)
{
	wait_event_interruptible(queue, said >= 3 || kthread_should_stop());
	pr_info("%s: heard %d\n", current->comm, said);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

static int __init thread_init(void)
{
	listener = kthread_run(listen, NULL, "listener");
	if (IS_ERR(listener))
		return PTR_ERR(listener);
	speaker = kthread_run(speak, NULL, "speaker/%d", 1);
	return PTR_ERR_OR_ZERO(speaker);
}

static void __exit thread_exit(void)
{
	int result = kthread_stop(speaker);

	kthread_stop(listener);
	pr_info("thread: the speaker returned %d\n", result);
}

module_init(thread_init);
module_exit(thread_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Threads");
