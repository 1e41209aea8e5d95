// SPDX-License-Identifier: GPL-2.0-or-later
/* A device whose readers wait for a letter, one letter for one reader; poll() tells when there is one. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static char letter[64];
static size_t length;
static DEFINE_MUTEX(lock);
static DECLARE_WAIT_QUEUE_HEAD(readers);

static ssize_t mailbox_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	ssize_t result;

	mutex_lock(&lock);
	while (!length) {
		mutex_unlock(&lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(readers, length != 0))
			return -ERESTARTSYS;
		mutex_lock(&lock);
	}
	result = min(size, length);
	if (copy_to_user(buffer, letter, result))
		result = -EFAULT;
	else
		length = 0;
	mutex_unlock(&lock);
	return result;
}

static ssize_t mailbox_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	ssize_t result = -EBUSY;

	mutex_lock(&lock);
	if (!length) {
		result = min(size, sizeof(letter));
		if (copy_from_user(letter, buffer, result))
			result = -EFAULT;
		else
			length = result;
	}
	mutex_unlock(&lock);
	if (result > 0)
		wake_up_interruptible(&readers);
	return result;
}

static __poll_t mailbox_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &readers, table);
	return length ? EPOLLIN | EPOLLRDNORM : EPOLLOUT | EPOLLWRNORM;
}

static const struct file_operations mailbox_ops = {
	.owner = THIS_MODULE,
	.read = mailbox_read,
	.write = mailbox_write,
	.poll = mailbox_poll,
};

static struct miscdevice mailbox = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "mailbox",
	.fops = &mailbox_ops,
	.mode = 0666,
};

module_misc_device(mailbox);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A device whose readers wait");
