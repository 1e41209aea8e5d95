// SPDX-License-Identifier: GPL-2.0-or-later
/* The threads of the kernel's own that there are after boot, and whose children those of a module are. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/workqueue.h>

static void show(struct task_struct *task)
{
	pr_info("task_list: %d %x %x %d %d %d %s of %s, %d thread(s), exit signal %d\n", task->pid <= 8 ? task->pid : -1, task->flags, READ_ONCE(task->__state),
		task->policy, task->static_prio, task->prio, task->comm, task->real_parent->comm, get_nr_threads(task),
		task->exit_signal);
}

static int thread_fn(void *data)
{
	pr_info("task_list: thread of %s\n", current->real_parent->comm);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void work_fn(struct work_struct *work)
{
	pr_info("task_list: worker of %s, known %d\n", current->real_parent->comm, current->pid < 60);
}
static DECLARE_WORK(work, work_fn);

static int __init task_list_init(void)
{
	struct task_struct *task, *thread;
	unsigned int count = 0;

	show(&init_task);
	for_each_process(task)
		if ((task->flags & PF_KTHREAD && strncmp(task->comm, "kworker/", 8)) || task->pid == 1)
			show(task); /* workers are made in any order */
	for_each_process_thread(task, thread)
		count += thread->flags & PF_KTHREAD && strncmp(thread->comm, "kworker/", 8) ? 1 : 0;
	pr_info("task_list: %u threads of the kernel's\n", count);
	pr_info("task_list: last is this one %d\n", list_prev_entry(&init_task, tasks) == current);
	schedule_work(&work);
	flush_work(&work);
	task = kthread_run(thread_fn, NULL, "own");
	schedule_timeout_uninterruptible(10);
	pr_info("task_list: last is the thread %d\n", list_prev_entry(&init_task, tasks) == task);
	kthread_stop(task);
	task = pid_task(find_vpid(3), PIDTYPE_PID);
	pr_info("task_list: 3 is %s\n", task ? task->comm : "nobody");
	return 0;
}

static void __exit task_list_exit(void)
{
}

module_init(task_list_init);
module_exit(task_list_exit);
MODULE_DESCRIPTION("the threads of the kernel's own");
MODULE_LICENSE("GPL");
