// SPDX-License-Identifier: GPL-2.0
/* A device with a file in /dev, for whose number no driver answers. */
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kdev_t.h>
MODULE_LICENSE("GPL");
static int major = 240;
module_param(major, int, 0444);
static int minor = 3;
module_param(minor, int, 0444);
static struct class *kind;
static int __init nobody_init(void)
{
	kind = class_create(THIS_MODULE, "nobody");
	return PTR_ERR_OR_ZERO(device_create(kind, NULL, MKDEV(major, minor), NULL, "nobody"));
}
static void __exit nobody_exit(void)
{
	device_destroy(kind, MKDEV(major, minor));
	class_destroy(kind);
}
module_init(nobody_init);
module_exit(nobody_exit);
