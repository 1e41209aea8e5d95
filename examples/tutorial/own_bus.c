// SPDX-License-Identifier: GPL-2.0-or-later
/* A bus with a driver and a device on it, and a class; each has a file in /sys, the device one of bytes as well. */
#include <linux/device.h>
#include <linux/module.h>

static int speed = 7;
static char memory[8] = "ABCDEFGH";

static ssize_t speed_show(struct bus_type *bus, char *buffer)
{
	return sysfs_emit(buffer, "%s: %d\n", bus->name, speed);
}

static ssize_t speed_store(struct bus_type *bus, const char *buffer, size_t size)
{
	int result = kstrtoint(buffer, 0, &speed);

	return result ? result : size;
}
static BUS_ATTR_RW(speed);

static ssize_t wishes_show(struct device_driver *driver, char *buffer)
{
	return sysfs_emit(buffer, "%s wants nothing\n", driver->name);
}
static DRIVER_ATTR_RO(wishes);

static ssize_t motto_show(struct class *class, struct class_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%s of the class %s\n", attribute->attr.name, class->name);
}
static CLASS_ATTR_RO(motto);

static ssize_t memory_read(struct file *file, struct kobject *kobj, struct bin_attribute *attribute, char *buffer,
			   loff_t offset, size_t size)
{
	return memory_read_from_buffer(buffer, size, &offset, memory, sizeof(memory));
}

static ssize_t memory_write(struct file *file, struct kobject *kobj, struct bin_attribute *attribute, char *buffer,
			    loff_t offset, size_t size)
{
	memcpy(memory + offset, buffer, size);
	return size;
}
static BIN_ATTR_RW(memory, sizeof(memory));

static int lesson_match(struct device *device, struct device_driver *driver)
{
	return !strcmp(dev_name(device), driver->name);
}

static struct bus_type lesson_bus = { .name = "lesson", .match = lesson_match };

static int teacher_probe(struct device *device)
{
	dev_info(device, "found by its driver\n");
	return 0;
}

static struct device_driver teacher = { .name = "teacher", .bus = &lesson_bus, .probe = teacher_probe };

static void device_gone(struct device *device)
{
	dev_info(device, "gone\n");
}

static struct device device = { .init_name = "teacher", .bus = &lesson_bus, .release = device_gone };
static struct class *class;

static int __init own_bus_init(void)
{
	int result = bus_register(&lesson_bus);

	if (result)
		return result;
	result = bus_create_file(&lesson_bus, &bus_attr_speed) ?: driver_register(&teacher) ?:
		 driver_create_file(&teacher, &driver_attr_wishes) ?: device_register(&device) ?:
		 device_create_bin_file(&device, &bin_attr_memory);
	class = class_create(THIS_MODULE, "lesson");
	return result ?: class_create_file(class, &class_attr_motto);
}

static void __exit own_bus_exit(void)
{
	class_remove_file(class, &class_attr_motto);
	class_destroy(class);
	device_remove_bin_file(&device, &bin_attr_memory);
	device_unregister(&device);
	driver_remove_file(&teacher, &driver_attr_wishes);
	driver_unregister(&teacher);
	bus_remove_file(&lesson_bus, &bus_attr_speed);
	bus_unregister(&lesson_bus);
}

module_init(own_bus_init);
module_exit(own_bus_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A bus, a driver, a device and a class of its own");
