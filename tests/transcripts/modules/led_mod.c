// SPDX-License-Identifier: GPL-2.0-or-later
/* LEDs of a module's own: what /sys tells of them, and what sets them. */
#include <linux/delay.h>
#include <linux/leds.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define SAY(format, ...) pr_info("led_mod: " format "\n", ##__VA_ARGS__)
#define INT(call) SAY("%s = %d", #call, (int)(call))

static enum led_brightness level;
static struct platform_device *parent;

static void set(struct led_classdev *led, enum led_brightness value)
{
	SAY("%s set to %d", led->name, value);
	level = value;
}

static enum led_brightness get(struct led_classdev *led)
{
	return level;
}

static int set_blocking(struct led_classdev *led, enum led_brightness value)
{
	SAY("%s set to %d, may sleep %d", led->name, value, !in_atomic());
	return 0;
}

static struct led_classdev first = { .name = "mod:green:first", .brightness_set = set, .brightness_get = get, .max_brightness = 15 };
static struct led_classdev second = { .name = "mod:red:second", .brightness_set_blocking = set_blocking };
static struct led_classdev third = { .name = "mod:blue:third", .brightness_set = set, .brightness = 7 };

static struct led_classdev fourth = { .name = "mod::fourth", .brightness_set = set, .max_brightness = 1 };

static int probe(struct platform_device *device)
{
	INT(devm_led_classdev_register(&device->dev, &fourth));
	return 0;
}

static struct platform_driver driver = { .probe = probe, .driver = { .name = "led_mod" } };

static int __init led_mod_init(void)
{
	parent = platform_device_register_simple("led_mod", -1, NULL, 0);
	INT(led_classdev_register(&parent->dev, &first));
	INT(led_classdev_register(NULL, &second));
	INT(led_classdev_register(&parent->dev, &third));
	SAY("name %s, max %u %u, flags %lx", dev_name(first.dev), first.max_brightness, second.max_brightness, first.flags);
	led_set_brightness(&first, 3);
	SAY("brightness %d", first.brightness);
	led_set_brightness(&first, 100);
	SAY("brightness %d", first.brightness);
	led_set_brightness(&second, 200);
	SAY("asked");
	msleep(20);
	INT(led_set_brightness_sync(&second, 4));
	INT(led_set_brightness_sync(&first, 4));
	INT(led_update_brightness(&first));
	led_set_brightness(&first, 5);
	INT(platform_driver_register(&driver));
	return 0;
}

static void __exit led_mod_exit(void)
{
	platform_driver_unregister(&driver);
	SAY("no driver");
	led_classdev_unregister(&third);
	led_classdev_unregister(&second);
	led_classdev_unregister(&first);
	platform_device_unregister(parent);
	SAY("gone");
}

module_init(led_mod_init);
module_exit(led_mod_exit);
MODULE_DESCRIPTION("LEDs of a module's own");
MODULE_LICENSE("GPL");
