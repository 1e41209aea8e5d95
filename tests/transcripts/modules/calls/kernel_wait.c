#include "calls.h"
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/swait.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/freezer.h>

static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_COMPLETION(done);
static struct completion again;
static int ran, flag;
static struct workqueue_struct *wq;

static void work_fn(struct work_struct *w) { ran++; pr_info("work %d in %d\n", ran, current_work() == w); }
static DECLARE_WORK(work, work_fn);
static DECLARE_DELAYED_WORK(delayed, work_fn);
static DECLARE_WORK(second, work_fn);

static void completions(void)
{
	struct completion c;

	init_completion(&c);
	INT(completion_done(&c));
	INT(try_wait_for_completion(&c));
	INT(wait_for_completion_timeout(&c, 2));
	INT(wait_for_completion_interruptible_timeout(&c, 2));
	INT(wait_for_completion_killable_timeout(&c, 2));
	INT(wait_for_completion_io_timeout(&c, 2));
	complete(&c);
	INT(completion_done(&c));
	INT(try_wait_for_completion(&c));
	INT(completion_done(&c));
	complete(&c); complete(&c);
	DO(wait_for_completion(&c));
	INT(wait_for_completion_timeout(&c, 9));
	complete_all(&c);
	INT(wait_for_completion_interruptible(&c));
	INT(wait_for_completion_killable(&c));
	DO(wait_for_completion_io(&c));
	INT(wait_for_completion_killable_timeout(&c, 9));
	INT(wait_for_completion_interruptible_timeout(&c, 9));
	INT(wait_for_completion_io_timeout(&c, 9));
	INT(completion_done(&c));
	INT(c.done == UINT_MAX);
	reinit_completion(&c);
	INT(completion_done(&c));
}

static int waiter(void *arg)
{
	wait_event(queue, flag);
	pr_info("waiter saw %d\n", flag);
	complete(&done);
	return 0;
}

static int own_wake(struct wait_queue_entry *e, unsigned int mode, int sync, void *key)
{
	pr_info("woken, mode %u, sync %d, key %ld\n", mode, sync, (long)key);
	return (long)e->private;
}

static void queues(void)
{
	struct wait_queue_head q;
	struct wait_queue_entry a, b;
	struct swait_queue_head sq;
	DEFINE_WAIT(mine);
	DEFINE_WAIT_FUNC(woken, woken_wake_function);
	struct task_struct *t;

	init_waitqueue_head(&q);
	init_swait_queue_head(&sq);
	INT(swait_active(&sq));
	INT(waitqueue_active(&q));
	init_waitqueue_func_entry(&a, own_wake);
	init_waitqueue_func_entry(&b, own_wake);
	a.private = (void *)1; b.private = (void *)1;
	DO(add_wait_queue(&q, &a));
	DO(add_wait_queue_exclusive(&q, &b));
	INT(waitqueue_active(&q));
	DO(wake_up(&q));
	DO(wake_up_all(&q));
	DO(wake_up_interruptible(&q));
	DO(__wake_up(&q, TASK_NORMAL, 1, (void *)5));
	DO(__wake_up_sync(&q, TASK_NORMAL));
	DO(__wake_up_sync_key(&q, TASK_NORMAL, (void *)6));
	spin_lock_irq(&q.lock);
	DO(__wake_up_locked(&q, TASK_NORMAL, 1));
	DO(__wake_up_locked_key(&q, TASK_NORMAL, (void *)7));
	DO(__wake_up_locked_sync_key(&q, TASK_NORMAL, (void *)8));
	spin_unlock_irq(&q.lock);
	DO(remove_wait_queue(&q, &a));
	DO(wake_up(&q));
	DO(remove_wait_queue(&q, &b));
	INT(waitqueue_active(&q));
	DO(wake_up(&q));

	prepare_to_wait(&q, &mine, TASK_INTERRUPTIBLE);
	INT(waitqueue_active(&q));
	INT(READ_ONCE(current->__state));
	INT(schedule_timeout(2));
	INT(READ_ONCE(current->__state));
	wake_up(&q);
	INT(waitqueue_active(&q));
	finish_wait(&q, &mine);
	INT(prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE));
	INT(waitqueue_active(&q));
	INT(mine.flags);
	INT(prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE));
	prepare_to_wait(&q, &mine, TASK_UNINTERRUPTIBLE);
	INT(mine.flags);
	finish_wait(&q, &mine);
	add_wait_queue(&q, &a);
	INT(prepare_to_wait_exclusive(&q, &mine, TASK_UNINTERRUPTIBLE));
	INT(q.head.prev == &mine.entry);
	finish_wait(&q, &mine);
	remove_wait_queue(&q, &a);
	INT(waitqueue_active(&q));
	INT(READ_ONCE(current->__state));
	add_wait_queue(&q, &woken);
	wake_up(&q);
	INT(woken.flags);
	remove_wait_queue(&q, &woken);
	INT(wait_event_timeout(q, flag, 2));
	INT(wait_event_interruptible_timeout(q, !flag, 9));
	t = kthread_run(waiter, NULL, "waiter");
	msleep(20);
	flag = 5;
	wake_up(&queue);
	wait_for_completion(&done);
}

static void works(void)
{
	wq = alloc_workqueue("calls", 0, 1);
	INT(queue_work(wq, &work));
	DO(flush_workqueue(wq));
	INT(ran);
	INT(queue_delayed_work(wq, &delayed, 1000));
	INT(queue_delayed_work(wq, &delayed, 1));
	INT(work_busy(&delayed.work));
	INT(work_busy(&work));
	DO(flush_delayed_work(&delayed));
	INT(flush_delayed_work(&delayed));
	INT(ran);
	INT(queue_delayed_work(wq, &delayed, 1000));
	INT(mod_delayed_work(wq, &delayed, 1));
	msleep(50);
	INT(ran);
	INT(mod_delayed_work(wq, &delayed, 1000));
	INT(cancel_delayed_work(&delayed));
	INT(cancel_delayed_work(&delayed));
	INT(cancel_delayed_work_sync(&delayed));
	DO(flush_workqueue(wq));
	DO(drain_workqueue(wq));
	INT(cancel_work(&second));
	INT(cancel_work_sync(&second));
	INT(flush_work(&second));
	DO(workqueue_set_max_active(wq, 5));
	NIL(current_work());
	DO(destroy_workqueue(wq));
	INT(queue_work(system_wq, &work)); flush_work(&work);
	INT(queue_work(system_long_wq, &work)); flush_work(&work);
	INT(queue_work(system_highpri_wq, &work)); flush_work(&work);
	INT(queue_work(system_unbound_wq, &work)); flush_work(&work);
	INT(queue_work_node(NUMA_NO_NODE, system_unbound_wq, &second)); flush_work(&second);
	INT(queue_work(system_freezable_wq, &work)); flush_work(&work);
	INT(queue_work(system_power_efficient_wq, &work)); flush_work(&work);
	INT(queue_work(system_freezable_power_efficient_wq, &work)); flush_work(&work);
	INT(schedule_delayed_work(&delayed, 1));
	flush_delayed_work(&delayed);
}

static int parks(void *arg)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park()) {
			pr_info("parking\n");
			kthread_parkme();
			pr_info("going on\n");
		}
		schedule_timeout_interruptible(1);
	}
	pr_info("stopping\n");
	return 7;
}

static int freezes(void *arg)
{
	bool was = true;

	set_freezable();
	while (!kthread_freezable_should_stop(&was))
		schedule_timeout_interruptible(1);
	pr_info("frozen %d\n", was);
	return -3;
}

static int completes(void *arg)
{
	pr_info("completing\n");
	kthread_complete_and_exit(&again, 0);
}

static void threads(void)
{
	struct task_struct *t;

	t = kthread_create(parks, NULL, "parks/%d", 3);
	STR(t->comm);
	DO(kthread_bind(t, 0));
	get_task_struct(t);
	INT(wake_up_process(t));
	msleep(20);
	INT(kthread_park(t));
	DO(kthread_unpark(t));
	msleep(20);
	DO(sched_set_fifo(t));
	INT(t->policy);
	DO(sched_set_fifo_low(t));
	INT(t->policy);
	DO(sched_set_normal(t, 5));
	INT(t->policy);
	INT(task_nice(t));
	DO(set_user_nice(t, -5));
	INT(task_nice(t));
	INT(kthread_stop(t));
	put_task_struct(t);
	t = kthread_run(freezes, NULL, "freezes");
	msleep(20);
	INT(kthread_stop(t));
	t = kthread_create(parks, NULL, "never");
	INT(kthread_stop(t));
	t = kthread_run(parks, NULL, "stopped-at-once");
	INT(kthread_stop(t));
	t = kthread_run(parks, NULL, "parked-at-once");
	INT(kthread_park(t));
	msleep(20);
	DO(kthread_unpark(t));
	msleep(20);
	INT(kthread_stop(t));
	t = kthread_run(parks, NULL, "parked-and-stopped");
	INT(kthread_park(t));
	INT(kthread_stop(t));
	init_completion(&again);
	t = kthread_run(completes, NULL, "completes");
	wait_for_completion(&again);
}

static void kwork_fn(struct kthread_work *w) { ran++; pr_info("kthread work %d\n", ran); }
static DEFINE_KTHREAD_WORK(kwork, kwork_fn);
static DEFINE_KTHREAD_WORK(other, kwork_fn);
static DEFINE_KTHREAD_DELAYED_WORK(kdelayed, kwork_fn);

static void workers(void)
{
	struct kthread_worker *w = kthread_create_worker(0, "worker-%d", 1), own;
	struct task_struct *t;

	ran = 0;
	INT(kthread_queue_work(w, &kwork));
	DO(kthread_flush_work(&kwork));
	INT(kthread_queue_delayed_work(w, &kdelayed, 1000));
	INT(kthread_queue_delayed_work(w, &kdelayed, 1));
	INT(kthread_mod_delayed_work(w, &kdelayed, 1));
	msleep(50);
	INT(ran);
	INT(kthread_mod_delayed_work(w, &kdelayed, 1000));
	INT(kthread_cancel_delayed_work_sync(&kdelayed));
	INT(kthread_cancel_work_sync(&kwork));
	kthread_queue_work(w, &kwork);
	DO(kthread_flush_worker(w));
	DO(kthread_destroy_worker(w));
	w = kthread_create_worker_on_cpu(0, 0, "worker-on-%d", 0);
	STR(w->task->comm);
	kthread_queue_work(w, &kwork);
	kthread_destroy_worker(w);
	kthread_init_worker(&own);
	t = kthread_run(kthread_worker_fn, &own, "own-worker");
	kthread_queue_work(&own, &other);
	kthread_flush_worker(&own);
	INT(kthread_stop(t));
	INT(ran);
}

static int __init calls_init(void)
{
	completions();
	queues();
	works();
	threads();
	workers();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
