// SPDX-License-Identifier: GPL-2.0-or-later
/* A character device with a memory: it is read, written and sought, and answers requests. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "notebook.h"

#define ROOM 1024

static char page[ROOM + 1];
static size_t used;
static DEFINE_MUTEX(lock);

static ssize_t notebook_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	return simple_read_from_buffer(buffer, size, offset, page, used);
}

static ssize_t notebook_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	ssize_t result;

	if (*offset >= ROOM)
		return -ENOSPC;
	mutex_lock(&lock);
	if (file->f_flags & O_APPEND)
		*offset = used;
	result = simple_write_to_buffer(page, ROOM, offset, buffer, size);
	used = max_t(size_t, used, *offset);
	mutex_unlock(&lock);
	return result;
}

static loff_t notebook_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek_size(file, offset, whence, ROOM, used);
}

static long find(struct notebook_text __user *argument)
{
	struct notebook_text wanted;
	char text[32] = "", *found;

	if (copy_from_user(&wanted, argument, sizeof(wanted)))
		return -EFAULT;
	if (wanted.size >= sizeof(text))
		return -E2BIG;
	if (copy_from_user(text, wanted.text, wanted.size))
		return -EFAULT;
	found = strstr(page, text);
	if (!found)
		return -ENOENT;
	return put_user((__u32)(found - page), &argument->offset);
}

static long notebook_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	switch (request) {
	case NOTEBOOK_CLEAR:
		memset(page, 0, sizeof(page));
		used = 0;
		return 0;
	case NOTEBOOK_SIZE:
		return put_user((__u32)used, (__u32 __user *)argument);
	case NOTEBOOK_FIND:
		return find((struct notebook_text __user *)argument);
	}
	return -ENOTTY;
}

static const struct file_operations notebook_ops = {
	.owner = THIS_MODULE,
	.read = notebook_read,
	.write = notebook_write,
	.llseek = notebook_llseek,
	.unlocked_ioctl = notebook_ioctl,
};

static struct miscdevice notebook = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "notebook",
	.fops = &notebook_ops,
	.mode = 0666,
};

module_misc_device(notebook);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A character device with a memory");
