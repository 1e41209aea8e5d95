// SPDX-License-Identifier: GPL-2.0-or-later
/* A device whose programs are told of news by a signal, with requests that have numbers in place of addresses, and
 * calls that a signal ends.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static struct fasync_struct *told;
static DECLARE_WAIT_QUEUE_HEAD(waiting);
static char news[16];
static size_t size;

static int lookout_fasync(int number, struct file *file, int on)
{
	int changed = fasync_helper(number, file, on, &told);

	pr_info("fasync %s: %d, flags %s\n", on ? "on" : "off", changed, file->f_flags & FASYNC ? "async" : "not async");
	return changed;
}

static int lookout_open(struct inode *inode, struct file *file)
{
	pr_info("open 0%o\n", file->f_flags);
	return 0;
}

static ssize_t lookout_read(struct file *file, char __user *buffer, size_t count, loff_t *position)
{
	size_t done;
	int error;

	pr_info("read %zu at %lld, file at %lld\n", count, *position, file->f_pos);
	error = wait_event_interruptible(waiting, size > 0);
	if (error) {
		pr_info("a signal ends it\n");
		return error;
	}
	done = min(count, size);
	if (copy_to_user(buffer, news, done))
		return -EFAULT;
	size = 0;
	*position += done;
	return done;
}

static ssize_t lookout_write(struct file *file, const char __user *buffer, size_t count, loff_t *position)
{
	size = min(count, sizeof(news));
	if (copy_from_user(news, buffer, size))
		return -EFAULT;
	pr_info("write %zu at %lld\n", size, *position);
	*position += size;
	wake_up_interruptible(&waiting);
	kill_fasync(&told, SIGIO, POLL_IN);
	return size;
}

static loff_t lookout_llseek(struct file *file, loff_t offset, int whence)
{
	pr_info("seek %lld from %d, file at %lld\n", offset, whence, file->f_pos);
	if (offset == 13)
		return -EILSEQ;
	file->f_pos = whence == SEEK_CUR ? file->f_pos + offset : offset;
	return file->f_pos;
}

static long lookout_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	int error;

	switch (request) {
	case _IOW('l', 1, int):
	case _IOWR('l', 2, long):
	case _IOR('l', 3, char):
		pr_info("ioctl %u with %ld\n", _IOC_NR(request), (long)argument);
		return argument & 0xff;
	case _IOW('l', 4, int):
		error = wait_event_interruptible(waiting, size > 0);
		if (error)
			pr_info("a signal ends the request\n");
		return error ?: size;
	}
	return -ENOTTY;
}

static int lookout_release(struct inode *inode, struct file *file)
{
	pr_info("release at %lld, flags %s\n", file->f_pos, file->f_flags & FASYNC ? "async" : "not async");
	lookout_fasync(-1, file, 0);
	return 0;
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.open = lookout_open,
	.read = lookout_read,
	.write = lookout_write,
	.llseek = lookout_llseek,
	.unlocked_ioctl = lookout_ioctl,
	.fasync = lookout_fasync,
	.release = lookout_release,
};
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "lookout", .fops = &fops, .mode = 0666 };

module_misc_device(device);
MODULE_DESCRIPTION("A device that tells programs of news by a signal");
MODULE_LICENSE("GPL");
