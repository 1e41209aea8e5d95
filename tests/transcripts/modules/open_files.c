// SPDX-License-Identifier: GPL-2.0-or-later
/* What a driver is told of files that are held open: flags and mode, sizes and positions, requests, the end. */
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

static const char text[] = "0123456789abcdefghijklmnopqrstuvwxyz";
static char kept[64];
static dev_t numbers;
static struct cdev owned, plain;
static struct class *class;
static int major;
static struct dentry *folder;

static int held_open(struct inode *inode, struct file *file)
{
	pr_info("open %d:%d flags 0%o mode 0x%x count %u\n", imajor(inode), iminor(inode), file->f_flags, file->f_mode,
		module_refcount(THIS_MODULE));
	return iminor(inode) == 9 ? -EBUSY : 0;
}

static ssize_t held_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	ssize_t done = simple_read_from_buffer(buffer, size, position, text, sizeof(text) - 1);

	pr_info("read %zu flags 0%o mode 0x%x gives %zd at %lld, file at %lld\n", size, file->f_flags, file->f_mode, done,
		*position, file->f_pos);
	return done;
}

static ssize_t held_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	size_t taken = min_t(size_t, size, 8);

	memset(kept, 0, sizeof(kept));
	if (copy_from_user(kept, buffer, taken))
		return -EFAULT;
	*position += taken;
	pr_info("write %zu flags 0%o takes %zu at %lld: %*pE\n", size, file->f_flags, taken, *position, (int)taken, kept);
	return taken;
}

static loff_t held_seek(struct file *file, loff_t offset, int whence)
{
	loff_t found = fixed_size_llseek(file, offset, whence, sizeof(text) - 1);

	pr_info("seek %lld from %d gives %lld\n", offset, whence, found);
	return found;
}

static long held_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	pr_info("ioctl type 0x%x nr %u size %u dir %u\n", _IOC_TYPE(request), _IOC_NR(request), _IOC_SIZE(request),
		_IOC_DIR(request));
	switch (request) {
	case 0x6801:
		return argument + 1;
	case _IOR('h', 2, u64):
		return put_user(0x0123456789abcdefULL, (u64 __user *)argument);
	case _IOW('h', 3, char *):
		return strncpy_from_user(kept, (char __user *)argument, sizeof(kept) - 1) < 0 ? -EFAULT : 0;
	case _IOR('h', 4, char *):
		return copy_to_user((char __user *)argument, kept, strlen(kept) + 1) ? -EFAULT : 0;
	case _IO('h', 5):
		return -ENOIOCTLCMD;
	}
	return -ENOTTY;
}

static __poll_t held_poll(struct file *file, poll_table *table)
{
	pr_info("poll for 0x%x\n", poll_requested_events(table));
	return EPOLLIN | EPOLLRDNORM;
}

static int held_flush(struct file *file, fl_owner_t owner)
{
	pr_info("flush\n");
	return 0;
}

static int held_release(struct inode *inode, struct file *file)
{
	pr_info("release mode 0x%x at %lld count %u\n", file->f_mode, file->f_pos, module_refcount(THIS_MODULE));
	return 0;
}

static const struct file_operations held_fops = {
	.owner = THIS_MODULE,
	.open = held_open,
	.read = held_read,
	.write = held_write,
	.llseek = held_seek,
	.unlocked_ioctl = held_ioctl,
	.poll = held_poll,
	.flush = held_flush,
	.release = held_release,
};
static const struct file_operations bare_fops = {
	.owner = THIS_MODULE,
	.open = held_open,
	.read = held_read,
	.release = held_release,
};
static const struct proc_ops held_proc = {
	.proc_open = held_open,
	.proc_read = held_read,
	.proc_lseek = held_seek,
	.proc_ioctl = held_ioctl,
	.proc_release = held_release,
};
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = "held_misc", .fops = &held_fops };

static int lines_show(struct seq_file *seq, void *value)
{
	seq_puts(seq, "one\ntwo\nthree\n");
	return 0;
}

static int add(struct cdev *cdev, int minor, struct module *owner, const struct file_operations *fops)
{
	cdev_init(cdev, fops);
	cdev->owner = owner;
	device_create(class, NULL, numbers + minor, NULL, "held%d", minor);
	return cdev_add(cdev, numbers + minor, 1);
}

static int __init open_files_init(void)
{
	int error = alloc_chrdev_region(&numbers, 0, 10, "held");

	if (error)
		return error;
	class = class_create(THIS_MODULE, "held");
	if (IS_ERR(class))
		return PTR_ERR(class);
	error = add(&owned, 0, THIS_MODULE, &held_fops) ?: add(&plain, 9, NULL, &bare_fops);
	major = register_chrdev(0, "held_old", &bare_fops);
	device_create(class, NULL, MKDEV(major, 0), NULL, "held_old");
	proc_create("held", 0644, NULL, &held_proc);
	proc_create_single("held_lines", 0444, NULL, lines_show);
	folder = debugfs_create_dir("held", NULL);
	debugfs_create_file("file", 0644, folder, NULL, &held_fops);
	return error ?: misc_register(&misc);
}

static void __exit open_files_exit(void)
{
	misc_deregister(&misc);
	debugfs_remove(folder);
	remove_proc_entry("held", NULL);
	remove_proc_entry("held_lines", NULL);
	device_destroy(class, MKDEV(major, 0));
	device_destroy(class, numbers);
	device_destroy(class, numbers + 9);
	unregister_chrdev(major, "held_old");
	cdev_del(&plain);
	cdev_del(&owned);
	class_destroy(class);
	unregister_chrdev_region(numbers, 10);
}

module_init(open_files_init);
module_exit(open_files_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Held-open files");
