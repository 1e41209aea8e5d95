// SPDX-License-Identifier: GPL-2.0-or-later
/* The short way to a device: what is written into /dev/echo can be read from it. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static char kept[256];
static size_t length;

static ssize_t echo_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	return simple_read_from_buffer(buffer, size, offset, kept, length);
}

static ssize_t echo_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	loff_t start = 0;
	ssize_t written = simple_write_to_buffer(kept, sizeof(kept), &start, buffer, size);

	if (written > 0)
		length = written;
	return written;
}

static const struct file_operations echo_ops = {
	.owner = THIS_MODULE,
	.read = echo_read,
	.write = echo_write,
};

static struct miscdevice echo = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "echo",
	.fops = &echo_ops,
	.mode = 0666,
};

module_misc_device(echo);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A misc device");
