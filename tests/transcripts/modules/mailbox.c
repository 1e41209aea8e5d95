// SPDX-License-Identifier: GPL-2.0-or-later
/* A box for one letter at a time, which one program at a time may open. */
#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define LONGEST 40

struct box {
	struct cdev cdev;
	char *letter;
	size_t length;
	atomic_t free;
	unsigned int opened;
};

static dev_t number;
static struct class *class;
static struct box *box;

static int box_open(struct inode *inode, struct file *file)
{
	struct box *found = container_of(inode->i_cdev, struct box, cdev);

	if (!atomic_dec_and_test(&found->free)) {
		atomic_inc(&found->free);
		return -EBUSY;
	}
	found->opened++;
	file->private_data = found;
	if (file->f_flags & O_TRUNC)
		found->length = 0;
	return 0;
}

static int box_release(struct inode *inode, struct file *file)
{
	struct box *found = file->private_data;

	atomic_inc(&found->free);
	return 0;
}

static ssize_t box_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	struct box *found = file->private_data;

	if (*position >= found->length)
		return 0;
	size = min_t(size_t, size, found->length - *position);
	if (copy_to_user(buffer, found->letter + *position, size))
		return -EFAULT;
	*position += size;
	return size;
}

static ssize_t box_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	struct box *found = file->private_data;
	loff_t at = file->f_flags & O_APPEND ? found->length : *position;

	if (at >= LONGEST)
		return -ENOSPC;
	size = min_t(size_t, size, LONGEST - at);
	if (copy_from_user(found->letter + at, buffer, size))
		return -EFAULT;
	*position = at + size;
	found->length = max_t(size_t, found->length, at + size);
	pr_info("%s puts %zu of %zu\n", current->comm, size, found->length);
	return size;
}

static loff_t box_llseek(struct file *file, loff_t offset, int whence)
{
	struct box *found = file->private_data;

	return generic_file_llseek_size(file, offset, whence, LONGEST, found->length);
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.open = box_open,
	.release = box_release,
	.read = box_read,
	.write = box_write,
	.llseek = box_llseek,
};

static ssize_t opened_show(struct device *device, struct device_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%u\n", box->opened);
}
static DEVICE_ATTR_RO(opened);
static struct attribute *box_attrs[] = { &dev_attr_opened.attr, NULL };
ATTRIBUTE_GROUPS(box);

static char *box_devnode(struct device *device, umode_t *mode)
{
	if (mode)
		*mode = 0666;
	return kasprintf(GFP_KERNEL, "post/%s", dev_name(device));
}

static int __init mailbox_init(void)
{
	struct device *device;
	int error = alloc_chrdev_region(&number, 0, 1, "mailbox");

	if (error)
		return error;
	error = -ENOMEM;
	box = kzalloc(sizeof(*box), GFP_KERNEL);
	if (!box)
		goto no_box;
	box->letter = kmalloc(LONGEST, GFP_KERNEL);
	atomic_set(&box->free, 1);
	cdev_init(&box->cdev, &fops);
	box->cdev.owner = THIS_MODULE;
	error = cdev_add(&box->cdev, number, 1);
	if (error)
		goto no_cdev;
	class = class_create(THIS_MODULE, "post");
	class->devnode = box_devnode;
	device = device_create_with_groups(class, NULL, number, box, box_groups, "box%d", MINOR(number));
	pr_info("box of %d bytes at minor %d: %d\n", LONGEST, MINOR(number), PTR_ERR_OR_ZERO(device));
	return 0;
no_cdev:
	kfree(box->letter);
	kfree(box);
no_box:
	unregister_chrdev_region(number, 1);
	return error;
}

static void __exit mailbox_exit(void)
{
	device_destroy(class, number);
	class_destroy(class);
	cdev_del(&box->cdev);
	kfree(box->letter);
	kfree(box);
	unregister_chrdev_region(number, 1);
	pr_info("no box any more\n");
}

module_init(mailbox_init);
module_exit(mailbox_exit);
MODULE_DESCRIPTION("A box for a letter");
MODULE_LICENSE("GPL");
