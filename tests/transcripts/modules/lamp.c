// SPDX-License-Identifier: GPL-2.0-or-later
/* A lamp with requests that carry structures, a state that programs poll for, and a platform device behind it. */
#include <linux/compat.h>
#include <linux/ioctl.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

struct shade {
	__u8 red, green, blue;
	__u32 lasts;
	char name[8];
};

#define LAMP_GET _IOR('L', 1, struct shade)
#define LAMP_SET _IOW('L', 2, struct shade)
#define LAMP_SWAP _IOWR('L', 3, struct shade)
#define LAMP_COUNT _IOWR('L', 4, __u64)
#define LAMP_OFF _IO('L', 5)

static struct shade now = { 1, 2, 3, 4, "first" };
static __u64 changes;
static DECLARE_WAIT_QUEUE_HEAD(changed);
static DEFINE_MUTEX(lock);

struct seen {
	__u64 changes;
};

static int lamp_open(struct inode *inode, struct file *file)
{
	struct seen *seen = kzalloc(sizeof(*seen), GFP_KERNEL);

	if (!seen)
		return -ENOMEM;
	seen->changes = changes;
	file->private_data = seen;
	return nonseekable_open(inode, file);
}

static int lamp_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static void change(const struct shade *shade)
{
	now = *shade;
	now.name[sizeof(now.name) - 1] = 0;
	changes++;
	pr_info("%s %02x%02x%02x for %u\n", now.name, now.red, now.green, now.blue, now.lasts);
	wake_up_interruptible(&changed);
}

static long lamp_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	struct shade shade, before;
	__u64 add;
	long error = 0;

	if (_IOC_TYPE(request) != 'L' || _IOC_NR(request) > 5)
		return -ENOTTY;
	mutex_lock(&lock);
	switch (request) {
	case LAMP_GET:
		if (copy_to_user((void __user *)argument, &now, sizeof(now)))
			error = -EFAULT;
		break;
	case LAMP_SET:
	case LAMP_SWAP:
		before = now;
		if (copy_from_user(&shade, (void __user *)argument, sizeof(shade)))
			error = -EFAULT;
		else
			change(&shade);
		if (!error && request == LAMP_SWAP && copy_to_user((void __user *)argument, &before, sizeof(before)))
			error = -EFAULT;
		break;
	case LAMP_COUNT:
		if (get_user(add, (__u64 __user *)argument) || put_user(add + changes, (__u64 __user *)argument))
			error = -EFAULT;
		break;
	case LAMP_OFF:
		memset(&shade, 0, sizeof(shade));
		shade.lasts = argument;
		change(&shade);
		error = changes;
		break;
	default:
		error = -EINVAL;
	}
	mutex_unlock(&lock);
	return error;
}

static ssize_t lamp_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	struct seen *seen = file->private_data;
	char text[40];
	int length;

	while (seen->changes == changes) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(changed, seen->changes != changes))
			return -ERESTARTSYS;
	}
	seen->changes = changes;
	length = scnprintf(text, sizeof(text), "%s %u\n", now.name, now.lasts);
	if (size < length)
		return -EINVAL;
	return copy_to_user(buffer, text, length) ? -EFAULT : length;
}

static ssize_t lamp_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	struct shade shade = now;
	char text[32];

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buffer, size))
		return -EFAULT;
	text[size] = 0;
	if (sscanf(text, "%7s %hhx,%hhx,%hhx", shade.name, &shade.red, &shade.green, &shade.blue) != 4)
		return -EINVAL;
	change(&shade);
	return size;
}

static __poll_t lamp_poll(struct file *file, poll_table *table)
{
	struct seen *seen = file->private_data;

	poll_wait(file, &changed, table);
	return EPOLLOUT | EPOLLWRNORM | (seen->changes != changes ? EPOLLIN | EPOLLRDNORM : 0);
}

static const struct file_operations fops = {
	.owner = THIS_MODULE,
	.open = lamp_open,
	.release = lamp_release,
	.read = lamp_read,
	.write = lamp_write,
	.poll = lamp_poll,
	.unlocked_ioctl = lamp_ioctl,
	.llseek = no_llseek,
};
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = "lamp", .fops = &fops, .mode = 0666 };

static int lamp_probe(struct platform_device *device)
{
	dev_info(&device->dev, "probed with %d resources\n", device->num_resources);
	misc.parent = &device->dev;
	return misc_register(&misc);
}

static int lamp_remove(struct platform_device *device)
{
	misc_deregister(&misc);
	dev_info(&device->dev, "removed\n");
	return 0;
}

static struct platform_driver driver = {
	.probe = lamp_probe, .remove = lamp_remove, .driver = { .name = "lamp" },
};
static struct platform_device *device;

static int __init lamp_init(void)
{
	int error = platform_driver_register(&driver);

	if (error)
		return error;
	device = platform_device_register_simple("lamp", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit lamp_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&driver);
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_DESCRIPTION("A lamp");
MODULE_LICENSE("GPL");
