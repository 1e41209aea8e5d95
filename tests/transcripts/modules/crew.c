// SPDX-License-Identifier: GPL-2.0-or-later
/* Threads of the kernel that share a counter: mutex, spinlock, rwlock, semaphore, atomic numbers, kfifo, notifiers. */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/kfifo.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/rwlock.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static int workers = 2;
module_param(workers, int, 0444);

static DEFINE_MUTEX(lock);
static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(shared);
static DEFINE_SEMAPHORE(turns);
static atomic_t done = ATOMIC_INIT(0);
static DEFINE_KFIFO(jobs, int, 8);
static DECLARE_WAIT_QUEUE_HEAD(idle);
static DECLARE_WAIT_QUEUE_HEAD(finished);
static struct task_struct *crew[4];
static unsigned long sum;
static BLOCKING_NOTIFIER_HEAD(chain);

static int worker(void *data)
{
	int number = (long)data, job;

	while (!kthread_should_stop()) {
		if (wait_event_interruptible(idle, !kfifo_is_empty(&jobs) || kthread_should_stop()))
			continue;
		if (!kfifo_out_spinlocked(&jobs, &job, 1, &spin))
			continue;
		down(&turns);
		write_lock(&shared);
		sum += job;
		write_unlock(&shared);
		up(&turns);
		msleep(10);
		atomic_inc(&done);
		blocking_notifier_call_chain(&chain, job, NULL);
		wake_up_interruptible(&finished);
	}
	return number;
}

static int hear(struct notifier_block *block, unsigned long job, void *data)
{
	pr_info("job %lu is done\n", job);
	return job == 13 ? NOTIFY_STOP : NOTIFY_OK;
}

static int hear_too(struct notifier_block *block, unsigned long job, void *data)
{
	if (job > 10)
		pr_info("job %lu was large\n", job);
	return NOTIFY_DONE;
}

static struct notifier_block first = { .notifier_call = hear, .priority = 5 };
static struct notifier_block second = { .notifier_call = hear_too };

static ssize_t crew_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	char text[32] = "", *at = text, *word;
	int job, target;

	if (size >= sizeof(text))
		return -EMSGSIZE;
	if (copy_from_user(text, buffer, size))
		return -EFAULT;
	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	target = atomic_read(&done);
	while ((word = strsep(&at, " \n"))) {
		if (!*word)
			continue;
		if (kstrtoint(word, 10, &job) || !kfifo_in_spinlocked(&jobs, &job, 1, &spin)) {
			mutex_unlock(&lock);
			return -EINVAL;
		}
		target++;
	}
	wake_up_interruptible_all(&idle);
	if (wait_event_interruptible(finished, atomic_read(&done) >= target))
		size = -EINTR;
	mutex_unlock(&lock);
	return size;
}

static ssize_t crew_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	char text[40];
	int length;

	read_lock(&shared);
	length = scnprintf(text, sizeof(text), "%d jobs, sum %lu, %u wait\n", atomic_read(&done), sum, kfifo_len(&jobs));
	read_unlock(&shared);
	return simple_read_from_buffer(buffer, size, position, text, length);
}

static const struct file_operations fops = { .owner = THIS_MODULE, .read = crew_read, .write = crew_write };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "crew", .fops = &fops, .mode = 0600 };

static int __init crew_init(void)
{
	long number;

	if (workers < 1 || workers > ARRAY_SIZE(crew))
		return -EINVAL;
	blocking_notifier_chain_register(&chain, &second);
	blocking_notifier_chain_register(&chain, &first);
	for (number = 0; number < workers; number++) {
		crew[number] = kthread_run(worker, (void *)number, "crew/%ld", number);
		if (IS_ERR(crew[number]))
			return PTR_ERR(crew[number]);
	}
	return misc_register(&device);
}

static void __exit crew_exit(void)
{
	int number;

	misc_deregister(&device);
	for (number = 0; number < workers; number++)
		pr_info("%s returns %d\n", crew[number]->comm, kthread_stop(crew[number]));
	blocking_notifier_chain_unregister(&chain, &first);
	pr_info("unregister again: %d\n", blocking_notifier_chain_unregister(&chain, &first));
}

module_init(crew_init);
module_exit(crew_exit);
MODULE_DESCRIPTION("Threads that share work");
MODULE_LICENSE("GPL");
