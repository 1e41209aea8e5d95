// SPDX-License-Identifier: GPL-2.0-or-later
/* A file in /proc that remembers what was written into it and counts its readers. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

static char kept[64] = "nothing yet";
static int readers;

static int mine_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%s\n", kept);
	seq_printf(file, "read %d times\n", ++readers);
	return 0;
}

static int mine_open(struct inode *inode, struct file *file)
{
	return single_open(file, mine_show, NULL);
}

static ssize_t mine_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	size_t length = min(size, sizeof(kept) - 1);

	if (copy_from_user(kept, buffer, length))
		return -EFAULT;
	kept[length] = '\0';
	pr_info("proc_file: %zu bytes written\n", length);
	return length;
}

static const struct proc_ops mine_ops = {
	.proc_open = mine_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = mine_write,
};

static int __init proc_file_init(void)
{
	return proc_create("mine", 0644, NULL, &mine_ops) ? 0 : -ENOMEM;
}

static void __exit proc_file_exit(void)
{
	remove_proc_entry("mine", NULL);
}

module_init(proc_file_init);
module_exit(proc_file_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A file in /proc");
