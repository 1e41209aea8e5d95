// SPDX-License-Identifier: GPL-2.0-or-later
/* A driver whose readers and writers wait for each other, for a timer and for work, or do not wait, or are told. */
#include <linux/completion.h>
#include <linux/cred.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define ROOM 8

static char kept[ROOM];
static size_t used;
static DEFINE_MUTEX(lock);
static DEFINE_MUTEX(held);
static DECLARE_WAIT_QUEUE_HEAD(filled);
static DECLARE_WAIT_QUEUE_HEAD(emptied);
static DECLARE_COMPLETION(done);
static struct fasync_struct *told;

static ssize_t waiting_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	size_t taken;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (!used) {
		mutex_unlock(&lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		pr_info("%s waits to read %zu\n", current->comm, size);
		if (wait_event_interruptible(filled, used)) {
			pr_info("%s is interrupted, %sby a signal that kills\n", current->comm,
				fatal_signal_pending(current) ? "" : "not ");
			return -ERESTARTSYS;
		}
		if (mutex_lock_interruptible(&lock))
			return -ERESTARTSYS;
	}
	taken = min(size, used);
	if (copy_to_user(buffer, kept, taken)) {
		mutex_unlock(&lock);
		return -EFAULT;
	}
	memmove(kept, kept + taken, used - taken);
	used -= taken;
	mutex_unlock(&lock);
	wake_up_interruptible(&emptied);
	pr_info("%s reads %zu of %zu\n", current->comm, taken, size);
	return taken;
}

static ssize_t waiting_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	size_t taken;

	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	while (used == ROOM) {
		mutex_unlock(&lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		pr_info("%s waits to write %zu\n", current->comm, size);
		if (wait_event_interruptible(emptied, used < ROOM))
			return -ERESTARTSYS;
		if (mutex_lock_interruptible(&lock))
			return -ERESTARTSYS;
	}
	taken = min(size, ROOM - used);
	if (copy_from_user(kept + used, buffer, taken)) {
		mutex_unlock(&lock);
		return -EFAULT;
	}
	used += taken;
	mutex_unlock(&lock);
	wake_up_interruptible(&filled);
	kill_fasync(&told, SIGIO, POLL_IN);
	pr_info("%s writes %zu of %zu\n", current->comm, taken, size);
	return taken;
}

static __poll_t waiting_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &filled, table);
	poll_wait(file, &emptied, table);
	return (used ? EPOLLIN | EPOLLRDNORM : 0) | (used < ROOM ? EPOLLOUT | EPOLLWRNORM : 0);
}

static void put(char character)
{
	kept[0] = character;
	used = 1;
	wake_up_interruptible(&filled);
	kill_fasync(&told, SIGIO, POLL_IN);
}

static void by_timer(struct timer_list *timer)
{
	put('t');
}

static void by_work(struct work_struct *work)
{
	put('w');
}

static DEFINE_TIMER(timer, by_timer);
static DECLARE_DELAYED_WORK(work, by_work);

/* What may be asked for by ioctl(2), or by writing its number and the argument into /proc/waiting, or what is read waits for. */
enum { BY_TIMER = 1, BY_WORK, WAIT, COMPLETE, HOLD, LIMITED, DIE, WHO };

static long ask(unsigned int what, unsigned long argument)
{
	switch (what) {
	case BY_TIMER:
		mod_timer(&timer, jiffies + msecs_to_jiffies(argument));
		return 0;
	case BY_WORK:
		schedule_delayed_work(&work, msecs_to_jiffies(argument));
		return 0;
	case WAIT:
		return wait_for_completion_interruptible(&done);
	case COMPLETE:
		complete(&done);
		return 0;
	case HOLD:
		if (mutex_lock_killable(&held))
			return -EINTR;
		pr_info("%s holds it\n", current->comm);
		msleep(argument);
		mutex_unlock(&held);
		pr_info("%s held it\n", current->comm);
		return 0;
	case LIMITED:
		pr_info("%s has waited%s\n", current->comm,
			wait_event_interruptible_timeout(filled, used, msecs_to_jiffies(argument)) > 0 ? "" : " in vain");
		return 0;
	case DIE:
		*(volatile int *)8 = 1;
		return 0;
	case WHO:
		pr_info("%s is %s, user %u of group %u, %s\n", current->comm,
			current->pid == current->tgid ? "a program" : "a thread",
			from_kuid(&init_user_ns, current_uid()), from_kgid(&init_user_ns, current_gid()),
			capable(CAP_SYS_ADMIN) ? "and may all" : "and may not all");
		return current->pid;
	}
	return -ENOTTY;
}

static long waiting_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	return _IOC_TYPE(request) == 'w' ? ask(_IOC_NR(request), argument) : -ENOTTY;
}

static ssize_t ask_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	char text[32] = "";
	unsigned int what = 0;
	unsigned long argument = 0;
	long result;

	if (copy_from_user(text, buffer, min(size, sizeof(text) - 1)))
		return -EFAULT;
	sscanf(text, "%u %lu", &what, &argument);
	result = ask(what, argument);
	return result < 0 ? result : size;
}

static ssize_t ask_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	return ask(WAIT, 0);
}

static const struct proc_ops asking = { .proc_read = ask_read, .proc_write = ask_write };

static int waiting_fasync(int number, struct file *file, int on)
{
	pr_info("%s wants %s\n", current->comm, on ? "to be told" : "to be told no more");
	return fasync_helper(number, file, on, &told);
}

static int waiting_release(struct inode *inode, struct file *file)
{
	return waiting_fasync(-1, file, 0);
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.read = waiting_read,
	.write = waiting_write,
	.poll = waiting_poll,
	.unlocked_ioctl = waiting_ioctl,
	.fasync = waiting_fasync,
	.release = waiting_release,
};
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "waiting", .fops = &operations, .mode = 0666 };

static int __init waiting_init(void)
{
	if (!proc_create("waiting", 0666, NULL, &asking))
		return -ENOMEM;
	return misc_register(&device);
}

static void __exit waiting_exit(void)
{
	del_timer_sync(&timer);
	cancel_delayed_work_sync(&work);
	misc_deregister(&device);
	remove_proc_entry("waiting", NULL);
}

module_init(waiting_init);
module_exit(waiting_exit);
MODULE_LICENSE("GPL");
