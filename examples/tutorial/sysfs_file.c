// SPDX-License-Identifier: GPL-2.0-or-later
/* A variable of the module as a file below /sys/kernel. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/sysfs.h>

static struct kobject *folder;
static int myvariable;

static ssize_t myvariable_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", myvariable);
}

static ssize_t myvariable_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf, size_t count)
{
	int error = kstrtoint(buf, 10, &myvariable);

	return error ? error : count;
}

static struct kobj_attribute attribute = __ATTR(myvariable, 0660, myvariable_show, myvariable_store);

static int __init sysfs_file_init(void)
{
	int error;

	folder = kobject_create_and_add("mymodule", kernel_kobj);
	if (!folder)
		return -ENOMEM;
	error = sysfs_create_file(folder, &attribute.attr);
	if (error)
		kobject_put(folder);
	pr_info("sysfs_file: initialised\n");
	return error;
}

static void __exit sysfs_file_exit(void)
{
	pr_info("sysfs_file: myvariable was %d\n", myvariable);
	kobject_put(folder);
}

module_init(sysfs_file_init);
module_exit(sysfs_file_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A file in /sys");
