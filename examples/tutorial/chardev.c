// SPDX-License-Identifier: GPL-2.0-or-later
/* A character device: reading tells how often it was opened, writing is refused. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static int major;
static struct class *class;
static int opened;
static char message[80];

static int chardev_open(struct inode *inode, struct file *file)
{
	sprintf(message, "I already told you %d times Hello world!\n", opened++);
	return 0;
}

static int chardev_release(struct inode *inode, struct file *file)
{
	return 0;
}

static ssize_t chardev_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	return simple_read_from_buffer(buffer, size, offset, message, strlen(message));
}

static ssize_t chardev_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	pr_alert("Sorry, this operation is not supported.\n");
	return -EINVAL;
}

static const struct file_operations chardev_ops = {
	.owner = THIS_MODULE,
	.open = chardev_open,
	.release = chardev_release,
	.read = chardev_read,
	.write = chardev_write,
};

static int __init chardev_init(void)
{
	major = register_chrdev(0, "chardev", &chardev_ops);
	if (major < 0)
		return major;
	pr_info("I was assigned major number %d.\n", major);
	class = class_create(THIS_MODULE, "chardev");
	device_create(class, NULL, MKDEV(major, 0), NULL, "chardev");
	pr_info("Device created on /dev/chardev\n");
	return 0;
}

static void __exit chardev_exit(void)
{
	device_destroy(class, MKDEV(major, 0));
	class_destroy(class);
	unregister_chrdev(major, "chardev");
}

module_init(chardev_init);
module_exit(chardev_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A character device");
