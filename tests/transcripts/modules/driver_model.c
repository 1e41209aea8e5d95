// SPDX-License-Identifier: GPL-2.0-or-later
/* A bus with a device and two drivers, a device of the platform, and one of a class: for what /sys shows of them. */
#include <linux/device.h>
#include <linux/kdev_t.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static int match(struct device *dev, struct device_driver *drv)
{
	return !strncmp(dev_name(dev), drv->name, strlen(drv->name));
}

static struct bus_type bus = { .name = "model", .match = match };

static void release(struct device *dev)
{
	pr_info("driver_model: %s released\n", dev_name(dev));
}

static struct device root = { .init_name = "model0", .release = release };
static struct device part = { .init_name = "part0", .bus = &bus, .parent = &root, .release = release };

static int probe(struct device *dev)
{
	pr_info("driver_model: probe %s by %s\n", dev_name(dev), dev->driver->name);
	return 0;
}

static int refuse(struct device *dev)
{
	return -EINVAL;
}

static int removed(struct device *dev)
{
	pr_info("driver_model: remove %s\n", dev_name(dev));
	return 0;
}

static struct device_driver taker = { .name = "part", .bus = &bus, .owner = THIS_MODULE, .probe = probe, .remove = removed };
static struct device_driver refuser = { .name = "par", .bus = &bus, .owner = THIS_MODULE, .probe = refuse };
static struct device_driver quiet = { .name = "quiet", .bus = &bus, .owner = THIS_MODULE, .suppress_bind_attrs = true };

static int platform_probe(struct platform_device *pdev)
{
	pr_info("driver_model: probe %s\n", pdev->name);
	return 0;
}

static int platform_removed(struct platform_device *pdev)
{
	pr_info("driver_model: remove %s\n", pdev->name);
	return 0;
}

static struct platform_driver platform_driver = {
	.probe = platform_probe, .remove = platform_removed, .driver = { .name = "model-platform" },
};
static struct platform_device *platform;
static struct class *class;

static int __init driver_model_init(void)
{
	bus_register(&bus);
	device_register(&root);
	driver_register(&taker);
	driver_register(&quiet);
	device_register(&part);
	driver_register(&refuser);
	platform_driver_register(&platform_driver);
	platform = platform_device_register_simple("model-platform", 7, NULL, 0);
	class = class_create(THIS_MODULE, "model-class");
	device_create(class, &part, MKDEV(240, 3), NULL, "model-node");
	device_create(class, NULL, 0, NULL, "model-none");
	return 0;
}

static void __exit driver_model_exit(void)
{
	device_destroy(class, 0);
	device_destroy(class, MKDEV(240, 3));
	class_destroy(class);
	platform_device_unregister(platform);
	platform_driver_unregister(&platform_driver);
	driver_unregister(&refuser);
	device_unregister(&part);
	driver_unregister(&quiet);
	driver_unregister(&taker);
	device_unregister(&root);
	bus_unregister(&bus);
}

module_init(driver_model_init);
module_exit(driver_model_exit);
MODULE_DESCRIPTION("what /sys shows of buses, drivers and devices");
MODULE_LICENSE("GPL");
