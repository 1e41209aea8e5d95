// One name that is taken, missing or given back wrongly each, chosen by a parameter: what the kernel says of it.
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/sysfs.h>
#include <linux/version.h>

static char *what = "";
module_param(what, charp, 0);

#define SAY(format, ...) pr_info("complain_name: " format "\n", ##__VA_ARGS__)

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define new_class(name) class_create(THIS_MODULE, name)
#else
#define new_class(name) class_create(name)
#endif

static const struct proc_ops operations = {};
static const struct file_operations file_operations = { .owner = THIS_MODULE };

static void proc_twice(void)
{
	struct proc_dir_entry *a = proc_create("complain", 0444, NULL, &operations);
	struct proc_dir_entry *b = proc_create("complain", 0444, NULL, &operations);

	SAY("%d %d", !!a, !!b);
	remove_proc_entry("complain", NULL);
	remove_proc_entry("complain", NULL);
}

static void proc_folder_twice(void)
{
	struct proc_dir_entry *a = proc_mkdir("complain", NULL), *b = proc_mkdir("complain", NULL);

	SAY("%d %d", !!a, !!b);
	SAY("%d %d", !!proc_create("in", 0444, a, &operations), !!proc_create("in", 0444, a, &operations));
	SAY("%d", !!proc_symlink("in", a, "there"));
	SAY("%d", !!proc_mkdir("version", NULL));
	SAY("%d", !!proc_create("complain/in", 0444, NULL, &operations));
	proc_remove(a);
}

static void proc_with_children(void)
{
	struct proc_dir_entry *a = proc_mkdir("complain", NULL);

	proc_create("first", 0444, a, &operations);
	proc_create("second", 0444, a, &operations);
	remove_proc_entry("complain", NULL);
	SAY("removed");
}

static void proc_with_children_below(void)
{
	struct proc_dir_entry *a = proc_mkdir("driver/complain", NULL);

	SAY("%d", !!proc_create("first", 0444, a, &operations));
	remove_proc_entry("driver/complain", NULL);
	SAY("removed");
}

static void proc_not_there(void)
{
	struct proc_dir_entry *a = proc_mkdir("complain", NULL);

	remove_proc_entry("nobody", NULL);
	remove_proc_entry("nobody", a);
	remove_proc_entry("nowhere/nobody", NULL);
	remove_proc_entry("complain/nobody", NULL);
	SAY("%d", remove_proc_subtree("nobody", NULL));
	SAY("%d", remove_proc_subtree("complain", NULL));
}

static void proc_odd_names(void)
{
	char *name = kzalloc(300, GFP_KERNEL);

	memset(name, 'x', 299);
	SAY("%d", !!proc_create("", 0444, NULL, &operations));
	SAY("%d", !!proc_create("nowhere/nobody", 0444, NULL, &operations));
	SAY("%d", !!proc_create(name, 0444, NULL, &operations));
	SAY("%d", !!proc_create("/", 0444, NULL, &operations));
	SAY("%d", !!proc_mkdir("", NULL));
	kfree(name);
}

static struct kobject *folder;
static struct kobject own;

static ssize_t nothing(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return 0;
}

static struct kobj_attribute attribute = __ATTR(complain, 0444, nothing, NULL);
static struct attribute *attributes[] = { &attribute.attr, NULL };
static const struct attribute_group group = { .name = "group", .attrs = attributes };
static const struct attribute_group empty = { .name = "empty" };
static const struct attribute_group unnamed = { .attrs = attributes };

static void kobject_twice(void)
{
	folder = kobject_create_and_add("complain", kernel_kobj);
	SAY("%d", !!kobject_create_and_add("complain", kernel_kobj));
	kobject_put(folder);
}

static void sysfs_twice(void)
{
	folder = kobject_create_and_add("complain", kernel_kobj);
	SAY("%d", sysfs_create_file(folder, &attribute.attr));
	SAY("%d", sysfs_create_file(folder, &attribute.attr));
	SAY("%d", sysfs_create_group(folder, &unnamed));
	SAY("%d", sysfs_create_group(folder, &group));
	SAY("%d", sysfs_create_group(folder, &group));
	SAY("%d", sysfs_create_link(folder, kernel_kobj, "complain"));
	sysfs_remove_file(folder, &attribute.attr);
	sysfs_remove_file(folder, &attribute.attr);
	sysfs_remove_group(folder, &group);
	sysfs_remove_group(folder, &group);
	SAY("%d", sysfs_create_group(folder, &empty));
	sysfs_remove_link(folder, "complain");
	kobject_put(folder);
}

static void released(struct kobject *kobj)
{
	SAY("released");
}

static const struct kobj_type type = { .release = released }, no_type;

static void kobject_unnamed(void)
{
	kobject_init(&own, &type);
	SAY("%d", kobject_add(&own, kernel_kobj, "%s", ""));
	kobject_put(&own);
}

static void kobject_not_set_up(void)
{
	SAY("%d", kobject_add(&own, kernel_kobj, "complain"));
	kobject_put(&own);
	SAY("%d", kobject_add(NULL, kernel_kobj, "complain"));
}

static void kobject_set_up_twice(void)
{
	kobject_init(&own, &type);
	kobject_init(&own, &type);
	kobject_put(&own);
}

static void kobject_without_type(void)
{
	kobject_init(&own, NULL);
	kobject_init(NULL, &type);
	SAY("%d", own.state_initialized);
}

static void kobject_without_release(void)
{
	kobject_init(&own, &no_type);
	SAY("%d", kobject_add(&own, kernel_kobj, "complain"));
	kobject_put(&own);
}

static void kobject_put_twice(void)
{
	kobject_init(&own, &type);
	SAY("%d", kobject_add(&own, kernel_kobj, "complain"));
	kobject_put(&own);
	kobject_put(&own);
}

static void kobject_get_early(void)
{
	kobject_get(&own);
	SAY("%d", own.state_initialized);
}

static void debugfs_twice(void)
{
	struct dentry *a = debugfs_create_dir("complain", NULL), *b = debugfs_create_dir("complain", NULL), *c;

	SAY("%d %ld", IS_ERR(a), PTR_ERR(b));
	c = debugfs_create_file("in", 0444, a, NULL, &file_operations);
	SAY("%d", IS_ERR(c));
	SAY("%ld", PTR_ERR(debugfs_create_file("in", 0444, a, NULL, &file_operations)));
	SAY("%ld", PTR_ERR(debugfs_create_file("complain", 0444, NULL, NULL, &file_operations)));
	SAY("%ld", PTR_ERR(debugfs_create_symlink("in", a, "there")));
	SAY("%ld", PTR_ERR(debugfs_create_dir("in", b)));
	debugfs_remove(a);
}

static struct device first, second;

static void device_released(struct device *dev)
{
	SAY("%s released", dev_name(dev));
}

static void device_without_release(void)
{
	dev_set_name(&first, "complain");
	SAY("%d", device_register(&first));
	device_unregister(&first);
	SAY("after");
}

static void device_taken(void)
{
	first.release = second.release = device_released;
	dev_set_name(&first, "complain");
	dev_set_name(&second, "complain");
	SAY("%d", device_register(&first));
	SAY("%d", device_register(&second));
	put_device(&second);
	device_unregister(&first);
}

static void device_unnamed(void)
{
	first.release = device_released;
	SAY("%d", device_register(&first));
	put_device(&first);
}

static ssize_t show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return 0;
}

static ssize_t store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	return count;
}

static struct device_attribute not_shown = __ATTR(not_shown, 0644, NULL, store);
static struct device_attribute not_stored = __ATTR(not_stored, 0644, show, NULL);

static void device_attributes(void)
{
	first.release = device_released;
	dev_set_name(&first, "complain");
	SAY("%d", device_register(&first));
	SAY("%d", device_create_file(&first, &not_shown));
	SAY("%d", device_create_file(&first, &not_stored));
	SAY("%d", device_create_file(&first, &not_stored));
	device_unregister(&first);
}

static void class_twice(void)
{
	struct class *a = new_class("complain"), *b = new_class("complain");
	struct device *c, *d;

	SAY("%d %ld", IS_ERR(a), PTR_ERR(b));
	c = device_create(a, NULL, MKDEV(240, 0), NULL, "complain%d", 0);
	SAY("%d", IS_ERR(c));
	d = device_create(a, NULL, MKDEV(240, 0), NULL, "complain%d", 1);
	SAY("%ld", PTR_ERR(d));
	d = device_create(a, NULL, MKDEV(240, 1), NULL, "complain%d", 0);
	SAY("%ld", PTR_ERR(d));
	device_destroy(a, MKDEV(240, 5));
	device_destroy(a, MKDEV(240, 0));
	device_destroy(a, MKDEV(240, 0));
	class_destroy(b);
	class_destroy(a);
	class_destroy(NULL);
}

static struct miscdevice misc = { MISC_DYNAMIC_MINOR, "complain", &file_operations };
static struct miscdevice other = { MISC_DYNAMIC_MINOR, "complain", &file_operations };
static struct miscdevice never = { MISC_DYNAMIC_MINOR, "never", &file_operations };

static void misc_name_twice(void)
{
	SAY("%d", misc_register(&misc));
	SAY("%d", misc_register(&other));
	misc_deregister(&misc);
}

static void misc_gone_twice(void)
{
	SAY("%d", misc_register(&misc));
	misc_deregister(&misc);
	misc_deregister(&misc);
}

static void misc_never_there(void)
{
	INIT_LIST_HEAD(&never.list);
	misc_deregister(&never);
	SAY("after");
}

static void chrdev_numbers(void)
{
	dev_t number = MKDEV(240, 0);

	SAY("%d", register_chrdev_region(number, 1, "complain"));
	SAY("%d", register_chrdev_region(number, 1, "complain"));
	SAY("%d", register_chrdev_region(MKDEV(600, 0), 1, "complain"));
	SAY("%d", register_chrdev(240, "complain", &file_operations));
	SAY("%d", register_chrdev(512, "complain", &file_operations));
	SAY("%d", __register_chrdev(241, 0, 0x200000, "complain", &file_operations));
	SAY("%d", __register_chrdev(241, 0xfff00, 0x200, "complain", &file_operations));
	unregister_chrdev_region(number, 1);
	unregister_chrdev_region(number, 1);
	unregister_chrdev(242, "complain");
	SAY("after");
}

static struct cdev character;

static void cdev_twice(void)
{
	cdev_init(&character, &file_operations);
	SAY("%d", cdev_add(&character, MKDEV(240, 0), 1));
	SAY("%d", cdev_add(&character, MKDEV(241, 0), 1));
	SAY("%d", cdev_add(&character, WHITEOUT_DEV, 1));
	cdev_del(&character);
	SAY("after");
}

static struct platform_driver driver = { .driver = { .name = "complain" } };
static struct platform_driver driver_of_same_name = { .driver = { .name = "complain" } };
static struct device_driver of_no_bus = { .name = "complain" };
static struct bus_type no_bus = { .name = "complain" };

static void driver_twice(void)
{
	SAY("%d", platform_driver_register(&driver));
	SAY("%d", platform_driver_register(&driver));
	SAY("%d", platform_driver_register(&driver_of_same_name));
	platform_driver_unregister(&driver);
}

static void driver_of_no_bus(void)
{
	of_no_bus.bus = &no_bus;
	SAY("%d", driver_register(&of_no_bus));
	driver_unregister(&of_no_bus);
}

static void bus_twice(void)
{
	SAY("%d", bus_register(&no_bus));
	SAY("%d", bus_register(&no_bus));
}

static void platform_device_taken(void)
{
	struct platform_device *a = platform_device_register_simple("complain", 3, NULL, 0);
	struct platform_device *b = platform_device_register_simple("complain", 3, NULL, 0);

	SAY("%d %ld", IS_ERR(a), PTR_ERR(b));
	platform_device_unregister(a);
}

static struct platform_device still = { .name = "still", .id = -1 };

static void platform_device_without_release(void)
{
	SAY("%d", platform_device_register(&still));
	platform_device_unregister(&still);
	SAY("after");
}

static DEFINE_IDA(numbers);
static DEFINE_IDR(pointers);

static void numbers_given_back(void)
{
	SAY("%d", ida_alloc(&numbers, GFP_KERNEL));
	ida_free(&numbers, 0);
	ida_free(&numbers, 0);
	ida_free(&numbers, 5);
	SAY("%d", idr_remove(&pointers, 5) == NULL);
}

static LIST_HEAD(list);
static struct list_head entry;

static void list_add_twice(void)
{
	list_add(&entry, &list);
	list_add(&entry, &list);
}

static void list_del_twice(void)
{
	list_add(&entry, &list);
	list_del(&entry);
	list_del(&entry);
}

static void list_del_never_added(void)
{
	list_del(&entry);
}

static int value;
static struct ctl_table table[] = { { .procname = "value", .data = &value, .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec }, {} };
static struct ctl_table bad[] = { { .procname = "value", .data = &value, .maxlen = 3, .mode = 0644, .proc_handler = proc_dointvec }, {} };
static struct ctl_table worse[] = { { .procname = "value", .mode = 0777 }, {} };

static void sysctl_twice(void)
{
	struct ctl_table_header *a = register_sysctl("complain", table), *b = register_sysctl("complain", table);

	SAY("%d %d", !!a, !!b);
	unregister_sysctl_table(b);
	unregister_sysctl_table(a);
	SAY("%d", !!register_sysctl("complain", worse));
	a = register_sysctl("complain", bad);
	SAY("%d", !!a);
	unregister_sysctl_table(a);
}

static struct ctl_table counted[] = {
	{ .procname = "value", .data = &what, .maxlen = sizeof(int), .mode = 0644, .proc_handler = proc_dointvec },
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
	{}
#endif
};

static void sysctl_taken(void)
{
	struct ctl_table_header *a = register_sysctl("complain", counted), *b = register_sysctl("complain", counted);

	SAY("%d %d", !!a, !!b);
	unregister_sysctl_table(a);
}

static void regions(void)
{
	SAY("%d", !!request_mem_region(0x10000000000, 0x1000, "complain"));
	SAY("%d", !!request_mem_region(0x10000000000, 0x1000, "complain"));
	release_mem_region(0x10000000000, 0x1000);
	release_mem_region(0x10000000000, 0x1000);
	release_region(0x5000, 16);
	SAY("%d", !!request_region(0x60, 1, "complain"));
}

#define DEED(name) { #name, name }
static const struct {
	const char *name;
	void (*run)(void);
} deeds[] = {
	DEED(proc_twice), DEED(proc_folder_twice), DEED(proc_with_children), DEED(proc_with_children_below),
	DEED(proc_not_there), DEED(proc_odd_names), DEED(kobject_twice), DEED(sysfs_twice), DEED(kobject_unnamed),
	DEED(kobject_not_set_up), DEED(kobject_set_up_twice), DEED(kobject_without_type),
	DEED(kobject_without_release), DEED(kobject_put_twice), DEED(kobject_get_early), DEED(debugfs_twice),
	DEED(device_without_release), DEED(device_taken), DEED(device_unnamed), DEED(device_attributes),
	DEED(class_twice), DEED(misc_name_twice), DEED(misc_gone_twice), DEED(misc_never_there),
	DEED(chrdev_numbers), DEED(cdev_twice), DEED(driver_twice), DEED(driver_of_no_bus), DEED(bus_twice),
	DEED(platform_device_taken), DEED(platform_device_without_release), DEED(numbers_given_back),
	DEED(list_add_twice), DEED(list_del_twice), DEED(list_del_never_added), DEED(sysctl_twice), DEED(sysctl_taken),
	DEED(regions),
};

static int __init complain_name_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(deeds); i++)
		if (!strcmp(what, deeds[i].name))
			deeds[i].run();
	SAY("end");
	return 0;
}

static void __exit complain_name_exit(void)
{
	SAY("exit");
}

module_init(complain_name_init);
module_exit(complain_name_exit);
MODULE_LICENSE("GPL");
