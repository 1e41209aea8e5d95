// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers of tasks, signals to threads, calls on all processors, and what a clock's time is. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/rtc.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/smp.h>

#define SAY(format, ...) pr_info("task_pids: " format "\n", ##__VA_ARGS__)

static DECLARE_COMPLETION(begun);
static DECLARE_COMPLETION(ended);

static int taker(void *data)
{
	allow_signal(SIGUSR1);
	complete(&begun);
	set_current_state(TASK_INTERRUPTIBLE);
	if (!signal_pending(current))
		schedule();
	__set_current_state(TASK_RUNNING);
	SAY("signal pending %d", signal_pending(current));
	flush_signals(current);
	SAY("after flush %d", signal_pending(current));
	disallow_signal(SIGUSR1);
	complete(&ended);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ / 50);
	return 0;
}

static void on_cpu(void *data)
{
	SAY("on a processor, interrupts off %d, %s", irqs_disabled(), (char *)data);
}

static bool never(int cpu, void *data)
{
	return false;
}

static int __init task_pids_init(void)
{
	struct task_struct *thread = kthread_run(taker, NULL, "taker"), *found;
	struct pid *pid;
	struct rtc_time tm;
	static const time64_t times[] = { 0, 951782399, 951782400, 1700000000, 4102444799LL };
	int i;

	wait_for_completion(&begun);
	pid = find_get_pid(thread->pid);
	SAY("found %d, number %d", pid == task_pid(thread), pid_nr(pid) == thread->pid);
	found = get_pid_task(pid, PIDTYPE_PID);
	SAY("task %d, %s, again %d", found == thread, found->comm, pid_task(pid, PIDTYPE_PID) == thread);
	SAY("numbers %d %d %d", task_pid_vnr(thread) == thread->pid, task_tgid_vnr(thread) == thread->tgid, pid_vnr(pid) == thread->pid);
	put_task_struct(found);
	SAY("nobody %d", !find_get_pid(32000));
	SAY("init %s", pid_task(find_vpid(1), PIDTYPE_PID)->comm[0] ? "there" : "nameless");
	SAY("current %d", pid_task(task_pid(current), PIDTYPE_PID) == current && get_task_pid(current, PIDTYPE_PID) == task_pid(current));
	SAY("wrong signal %d %d %d", send_sig(65, thread, 0), kill_pid(pid, 100, 1), send_sig(0, thread, 0));
	SAY("ignored %d", send_sig(SIGUSR2, thread, 1));
	SAY("sent %d", kill_pid(pid, SIGUSR1, 1));
	put_pid(pid);
	wait_for_completion(&ended);
	SAY("stopped %d", kthread_stop(thread));
	on_each_cpu(on_cpu, "first", 1);
	on_each_cpu_cond(never, on_cpu, "second", 1);
	smp_call_function_single(0, on_cpu, "third", 1);
	for (i = 0; i < ARRAY_SIZE(times); i++) {
		rtc_time64_to_tm(times[i], &tm);
		SAY("%ptRd %ptRt %d %d %d", &tm, &tm, tm.tm_wday, tm.tm_yday, rtc_tm_to_time64(&tm) == times[i]);
	}
	return 0;
}

static void __exit task_pids_exit(void)
{
}

module_init(task_pids_init);
module_exit(task_pids_exit);
MODULE_DESCRIPTION("numbers of tasks, and signals");
MODULE_LICENSE("GPL");
