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
#include <linux/sched.h>
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

static long waiting_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	switch (request) {
	case _IO('w', 1):
		mod_timer(&timer, jiffies + msecs_to_jiffies(argument));
		return 0;
	case _IO('w', 2):
		schedule_delayed_work(&work, msecs_to_jiffies(argument));
		return 0;
	case _IO('w', 3):
		return wait_for_completion_interruptible(&done);
	case _IO('w', 4):
		complete(&done);
		return 0;
	case _IO('w', 5):
		if (mutex_lock_interruptible(&held))
			return -EINTR;
		msleep(argument);
		mutex_unlock(&held);
		return 0;
	case _IO('w', 6):
		return wait_event_interruptible_timeout(filled, used, msecs_to_jiffies(argument)) ? 1 : 0;
	case _IO('w', 7):
		*(volatile int *)8 = 1;
		return 0;
	case _IO('w', 8):
		pr_info("%s has number %d of %d, user %u of group %u\n", current->comm, current->pid, current->tgid,
			from_kuid(&init_user_ns, current_uid()), from_kgid(&init_user_ns, current_gid()));
		return current->pid;
	}
	return -ENOTTY;
}

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
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "waiting", .fops = &operations };

static int __init waiting_init(void)
{
	return misc_register(&device);
}

static void __exit waiting_exit(void)
{
	del_timer_sync(&timer);
	cancel_delayed_work_sync(&work);
	misc_deregister(&device);
}

module_init(waiting_init);
module_exit(waiting_exit);
MODULE_LICENSE("GPL");
