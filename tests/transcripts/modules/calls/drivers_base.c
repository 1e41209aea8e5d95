#include "calls.h"
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/device/class.h>
#include <linux/device/bus.h>
#include <linux/device/driver.h>
#include <linux/fs.h>
#include <linux/platform_device.h>

static ssize_t color_show(struct device *dev, struct device_attribute *attr, char *buf) { return sysfs_emit(buf, "red\n"); }
static DEVICE_ATTR_RO(color);
static ssize_t taste_show(struct device *dev, struct device_attribute *attr, char *buf) { int at = sysfs_emit(buf, "sweet "); return at + sysfs_emit_at(buf, at, "and %d\n", 7); }
static DEVICE_ATTR_RO(taste);
static struct attribute *extra_attrs[] = { &dev_attr_taste.attr, NULL };
static const struct attribute_group extra = { .name = "extra", .attrs = extra_attrs };
static const struct attribute_group *extras[] = { &extra, NULL };

static int number = 41;
static unsigned long big = 0xabcdef;
static bool yes = true;
static DEVICE_INT_ATTR(number, 0644, number);
static DEVICE_ULONG_ATTR(big, 0644, big);
static DEVICE_BOOL_ATTR(yes, 0644, yes);
static struct attribute *values_attrs[] = { &dev_attr_number.attr.attr, &dev_attr_big.attr.attr, &dev_attr_yes.attr.attr, NULL };
ATTRIBUTE_GROUPS(values);

static int match(struct device *dev, struct device_driver *drv) { return !strncmp(dev_name(dev), drv->name, 4); }
static int probe(struct device *dev) { pr_info("probe %s by %s\n", dev_name(dev), dev->driver->name); return strchr(dev_name(dev), 'x') ? -ENODEV : 0; }
static void remove(struct device *dev) { pr_info("remove %s\n", dev_name(dev)); }
static struct bus_type bus = { .name = "calls_bus", .match = match, .probe = probe, .remove = remove };
static struct device_driver driver = { .name = "good", .bus = &bus }, other = { .name = "othr", .bus = &bus };
static struct device devices[4], *root;
static void release(struct device *dev) { pr_info("release %s\n", dev_name(dev)); }

static int notified(struct notifier_block *nb, unsigned long action, void *data) { pr_info("bus event %lu of %s\n", action, dev_name(data)); return NOTIFY_OK; }
static struct notifier_block nb = { .notifier_call = notified };

static int each(struct device *dev, void *data) { pr_info("device %s\n", dev_name(dev)); return data && !strcmp(dev_name(dev), data) ? 33 : 0; }
static int each_driver(struct device_driver *drv, void *data) { pr_info("driver %s\n", drv->name); return 0; }
static int by_name(struct device *dev, const void *data) { return !strcmp(dev_name(dev), data); }
static int child(struct device *dev, void *data) { return !strcmp(dev_name(dev), data); }
#define NAME(call) do { struct device *d_ = (call); pr_info("%s = %s\n", #call, d_ ? dev_name(d_) : "(none)"); put_device(d_); } while (0)

static void buses(void)
{
	static const char *const names[] = { "good-1", "good-x", "othr-1", "lone" };
	struct subsys_dev_iter;
	int i;

	INT(bus_register(&bus));
	NIL(bus_get_kset(&bus));
	INT(bus_register_notifier(&bus, &nb));
	INT(driver_register(&driver));
	root = root_device_register("calls_root");
	for (i = 0; i < 4; i++) {
		devices[i].bus = &bus;
		devices[i].parent = root;
		devices[i].release = release;
		if (i == 0)
			devices[i].groups = values_groups;
		device_initialize(&devices[i]);
		INT(dev_set_name(&devices[i], "%s", names[i]));
		INT(device_add(&devices[i]));
	}
	INT(driver_register(&other));
	INT(bus_for_each_dev(&bus, NULL, "othr-1", each));
	INT(bus_for_each_dev(&bus, &devices[0], NULL, each));
	INT(bus_for_each_drv(&bus, NULL, NULL, each_driver));
	INT(driver_for_each_device(&driver, NULL, NULL, each));
	NAME(bus_find_device(&bus, NULL, "lone", by_name));
	NAME(bus_find_device(&bus, NULL, "none", by_name));
	NAME(bus_find_device(&bus, NULL, "good-x", device_match_name));
	NAME(bus_find_device(&bus, NULL, NULL, device_match_any));
	NAME(bus_find_device(&bus, &devices[0], NULL, device_match_any));
	INT(device_match_devt(&devices[0], &(dev_t) { 0 }));
	INT(device_match_devt(&devices[0], &(dev_t) { 5 }));
	INT(device_match_fwnode(&devices[0], NULL));
	NIL(driver_find("good", &bus));
	NIL(driver_find("nobody", &bus));
	NAME(device_find_child(root, "lone", child));
	NAME(device_find_child(root, "far", child));
	INT(device_for_each_child(root, NULL, each));
	INT(device_for_each_child(root, "good-x", each));
	INT(device_for_each_child_reverse(root, NULL, each));
	STR(dev_driver_string(&devices[0]));
	STR(dev_driver_string(&devices[3]));
	STR(dev_driver_string(root));
	DO(device_release_driver(&devices[0]));
	NIL(devices[0].driver);
	INT(device_attach(&devices[0]));
	INT(device_attach(&devices[3]));
	NIL(devices[0].driver);
	INT(device_reprobe(&devices[0]));
	DO(device_release_driver(&devices[2]));
	INT(driver_attach(&other));
	NIL(devices[2].driver);
	device_release_driver(&devices[2]);
	INT(bus_rescan_devices(&bus));
	device_release_driver(&devices[2]);
	devices[2].driver = &other;
	INT(device_bind_driver(&devices[2]));
	INT(device_create_file(&devices[0], &dev_attr_color));
	INT(device_add_groups(&devices[0], extras));
}

static int emitted(const char *fmt, ...)
{
	va_list args;
	int r;

	va_start(args, fmt);
	r = dev_vprintk_emit(6, &devices[0], fmt, args);
	va_end(args);
	return r;
}

static void messages(void)
{
	struct device *dev = &devices[0];

	dev_emerg(dev, "emerg %d\n", 1);
	dev_alert(dev, "alert %d\n", 2);
	dev_crit(dev, "crit %d\n", 3);
	dev_err(dev, "err %d\n", 4);
	dev_warn(dev, "warn %d\n", 5);
	dev_notice(dev, "notice %d\n", 6);
	dev_info(dev, "info %d\n", 7);
	dev_info(&devices[3], "no driver\n");
	dev_info(root, "root\n");
	dev_info(NULL, "nobody\n");
	dev_printk(KERN_NOTICE, dev, "printk %s\n", "text");
	INT(dev_printk_emit(6, dev, "emitted %d\n", 8));
	INT(emitted("emitted %d, too\n", 8));
	INT(dev_err_probe(dev, -EINVAL, "probe failed %d\n", 9));
	INT(dev_err_probe(dev, -EPROBE_DEFER, "deferred\n"));
	dev_dbg(dev, "not shown\n");
}

static struct class *class, own = { .name = "calls_own" };
static int added(struct device *dev, struct class_interface *i) { pr_info("interface sees %s\n", dev_name(dev)); return 0; }
static void gone(struct device *dev, struct class_interface *i) { pr_info("interface loses %s\n", dev_name(dev)); }
static struct class_interface interface = { .add_dev = added, .remove_dev = gone };
static CLASS_ATTR_STRING(version, 0444, "1.2");
static struct cdev fixed, *dynamic;
static struct device with_cdev;
static const struct file_operations fops = { .owner = THIS_MODULE, .open = nonseekable_open, .llseek = no_llseek };
static dev_t first;

static void classes(void)
{
	struct device *dev;

	class = class_create(THIS_MODULE, "calls_class");
	INT(IS_ERR(class));
	INT(class_create_file(class, &class_attr_version.attr));
	INT(class_register(&own));
	interface.class = class;
	dev = device_create_with_groups(class, root, MKDEV(0, 0), &number, extras, "made-%d", 1);
	STR(dev_name(dev));
	INT(dev_get_drvdata(dev) == &number);
	INT(class_interface_register(&interface));
	dev = device_create(class, root, MKDEV(0, 0), NULL, "made-2");
	INT(class_for_each_device(class, NULL, NULL, each));
	NAME(class_find_device(class, NULL, "made-2", device_match_name));
	NAME(class_find_device(class, NULL, "made-3", device_match_name));
	get_device(dev);
	device_unregister(dev);
	put_device(dev);
	DO(class_interface_unregister(&interface));

	INT(alloc_chrdev_region(&first, 5, 3, "calls_alloc"));
	INT(MINOR(first));
	INT(register_chrdev_region(MKDEV(MAJOR(first), 5), 1, "calls_again"));
	INT(register_chrdev_region(MKDEV(MAJOR(first), 50), 2, "calls_region"));
	unregister_chrdev_region(MKDEV(MAJOR(first), 50), 2);
	cdev_init(&fixed, &fops);
	fixed.owner = THIS_MODULE;
	INT(cdev_add(&fixed, first, 1));
	dynamic = cdev_alloc();
	dynamic->ops = &fops;
	INT(cdev_add(dynamic, first + 1, 2));
	cdev_init(&fixed, &fops);
	device_initialize(&with_cdev);
	with_cdev.class = class;
	with_cdev.parent = root;
	with_cdev.devt = MKDEV(MAJOR(first), 60);
	with_cdev.release = release;
	dev_set_name(&with_cdev, "calls_node");
	cdev_set_parent(&fixed, &with_cdev.kobj);
	INT(cdev_device_add(&fixed, &with_cdev));
}

static int __init calls_init(void)
{
	buses();
	messages();
	classes();
	return 0;
}
static void __exit calls_exit(void)
{
	int i;

	cdev_device_del(&fixed, &with_cdev);
	put_device(&with_cdev);
	cdev_del(dynamic);
	unregister_chrdev_region(first, 3);
	device_unregister(class_find_device(class, NULL, "made-1", device_match_name));
	class_remove_file(class, &class_attr_version.attr);
	class_destroy(class);
	class_unregister(&own);
	device_remove_groups(&devices[0], extras);
	device_remove_file(&devices[0], &dev_attr_color);
	for (i = 0; i < 4; i++) {
		device_del(&devices[i]);
		put_device(&devices[i]);
	}
	root_device_unregister(root);
	driver_unregister(&other);
	driver_unregister(&driver);
	INT(bus_unregister_notifier(&bus, &nb));
	INT(bus_unregister_notifier(&bus, &nb));
	bus_unregister(&bus);
}
module_init(calls_init);
module_exit(calls_exit);
