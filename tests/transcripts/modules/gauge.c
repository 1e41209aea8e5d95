// SPDX-License-Identifier: GPL-2.0-or-later
/* Attributes of a kobject of the module's own, parameters of all kinds, files of debugfs. */
#include <linux/debugfs.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/string_helpers.h>
#include <linux/sysfs.h>

static int low = 10, high = 90;
static char *unit = "percent";
static bool loud;
static unsigned char marks[4] = { 1, 2 };
static int filled = 2;
static char label[12] = "gauge";
static int value = 50;
static u8 flags = 0x5a;
static u64 total;
static bool frozen;
static struct dentry *folder;
static struct kobject *own;

static int set_low(const char *text, const struct kernel_param *param)
{
	int wanted, error = kstrtoint(text, 0, &wanted);

	if (error)
		return error;
	if (wanted >= high)
		return -ERANGE;
	pr_info("low was %d\n", low);
	return param_set_int(text, param);
}

static const struct kernel_param_ops low_ops = { .set = set_low, .get = param_get_int };

module_param_cb(low, &low_ops, &low, 0644);
MODULE_PARM_DESC(low, "where it begins");
module_param(high, int, 0444);
module_param(unit, charp, 0644);
module_param(loud, bool, 0600);
module_param_array(marks, byte, &filled, 0644);
module_param_string(label, label, sizeof(label), 0644);
module_param_named(start, value, int, 0);

static ssize_t value_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%d %s\n", value, unit);
}

static ssize_t value_store(struct kobject *kobj, struct kobj_attribute *attribute, const char *buffer, size_t size)
{
	int wanted, error = kstrtoint(buffer, 10, &wanted);

	if (error)
		return error;
	if (frozen)
		return -EPERM;
	value = clamp(wanted, low, high);
	total += value;
	if (loud)
		pr_info("%s: %d\n", label, value);
	sysfs_notify(kobj, NULL, "value");
	return size;
}

static ssize_t marks_show(struct kobject *kobj, struct kobj_attribute *attribute, char *buffer)
{
	int at, size = 0;

	for (at = 0; at < filled; at++)
		size += sysfs_emit_at(buffer, size, "%u%c", marks[at], at + 1 < filled ? ' ' : '\n');
	return size;
}

static ssize_t mood_store(struct kobject *kobj, struct kobj_attribute *attribute, const char *buffer, size_t size)
{
	static const char *const moods[] = { "calm", "busy", "wild" };
	int found = __sysfs_match_string(moods, ARRAY_SIZE(moods), buffer);

	if (found < 0)
		return found;
	pr_info("mood %d, %s\n", found, str_yes_no(found));
	return size;
}

static struct kobj_attribute value_attribute = __ATTR_RW(value);
static struct kobj_attribute marks_attribute = __ATTR_RO(marks);
static struct kobj_attribute mood_attribute = __ATTR_WO(mood);
static struct attribute *attributes[] = { &value_attribute.attr, &marks_attribute.attr, &mood_attribute.attr, NULL };

static umode_t visible(struct kobject *kobj, struct attribute *attribute, int number)
{
	return attribute == &marks_attribute.attr && !filled ? 0 : attribute->mode;
}

static const struct attribute_group group = { .name = "now", .attrs = attributes, .is_visible = visible };

static int frozen_get(void *data, u64 *found)
{
	*found = *(bool *)data;
	return 0;
}

static int frozen_set(void *data, u64 wanted)
{
	if (wanted > 1)
		return -EINVAL;
	*(bool *)data = wanted;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(frozen_fops, frozen_get, frozen_set, "%llu\n");

static struct debugfs_blob_wrapper blob = { .data = "blob of bytes\n", .size = 14 };

static int __init gauge_init(void)
{
	int error;

	own = kobject_create_and_add("gauge", kernel_kobj);
	if (!own)
		return -ENOMEM;
	error = sysfs_create_group(own, &group);
	if (error) {
		kobject_put(own);
		return error;
	}
	error = sysfs_create_link(own, &THIS_MODULE->mkobj.kobj, "module");
	folder = debugfs_create_dir("gauge", NULL);
	debugfs_create_x8("flags", 0644, folder, &flags);
	debugfs_create_u64("total", 0444, folder, &total);
	debugfs_create_bool("loud", 0600, folder, &loud);
	debugfs_create_blob("blob", 0444, folder, &blob);
	debugfs_create_file("frozen", 0644, folder, &frozen, &frozen_fops);
	debugfs_create_symlink("sum", folder, "total");
	pr_info("from %d to %d %s, link %d\n", low, high, unit, error);
	return 0;
}

static void __exit gauge_exit(void)
{
	debugfs_remove(folder);
	kobject_put(own);
}

module_init(gauge_init);
module_exit(gauge_exit);
MODULE_DESCRIPTION("A gauge to read and to set");
MODULE_AUTHOR("pymod");
MODULE_VERSION("1.2");
MODULE_LICENSE("GPL");
