// SPDX-License-Identifier: GPL-2.0-or-later
/* Stops in the middle of what it does where a function of the kernel's is not provided: no such hardware is modelled. */
#include <linux/hw_breakpoint.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

static DEFINE_MUTEX(lock);
static int count;
static struct perf_event_attr attribute;

static void count_up(bool on)
{
	mutex_lock(&lock);
	count++;
	pr_info("count is %d\n", count);
	if (on)
		register_wide_hw_breakpoint(&attribute, NULL, NULL);
	mutex_unlock(&lock);
}

static ssize_t halfway_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	char first;

	if (get_user(first, buffer))
		return -EFAULT;
	count_up(first == '!');
	return size;
}

static int set_on(const char *text, const struct kernel_param *param)
{
	count_up(*text == '!');
	return 0;
}

static const struct kernel_param_ops ops = { .set = set_on, .get = param_get_int };
module_param_cb(count, &ops, &count, 0644);

static const struct file_operations fops = { .owner = THIS_MODULE, .write = halfway_write };
static struct miscdevice device = { .minor = MISC_DYNAMIC_MINOR, .name = "halfway", .fops = &fops, .mode = 0666 };

module_misc_device(device);
MODULE_DESCRIPTION("Stops in the middle");
MODULE_LICENSE("GPL");
