// SPDX-License-Identifier: GPL-2.0-or-later
/* Two threads: the flywheel turns only when the crank has been turned. */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

static DECLARE_COMPLETION(crank_done);
static DECLARE_COMPLETION(flywheel_done);

static int crank(void *unused)
{
	pr_info("Turn the crank\n");
	complete_all(&crank_done);
	return 0;
}

static int flywheel(void *unused)
{
	wait_for_completion(&crank_done);
	pr_info("Flywheel spins up\n");
	complete_all(&flywheel_done);
	return 0;
}

static int __init completions_init(void)
{
	struct task_struct *first = kthread_create(flywheel, NULL, "flywheel");
	struct task_struct *second = kthread_create(crank, NULL, "crank");

	if (IS_ERR(first) || IS_ERR(second))
		return -ENOMEM;
	wake_up_process(first);
	wake_up_process(second);
	return 0;
}

static void __exit completions_exit(void)
{
	wait_for_completion(&crank_done);
	wait_for_completion(&flywheel_done);
	pr_info("completions: both are done\n");
}

module_init(completions_init);
module_exit(completions_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Completions");
