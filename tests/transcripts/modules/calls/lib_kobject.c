#include "calls.h"
#include <linux/kobject.h>
#include <linux/sysfs.h>
#include <linux/kernfs.h>
#include <linux/fs.h>

struct thing { struct kobject kobj; int value; };
static void release(struct kobject *k) { pr_info("release %s\n", kobject_name(k)); kfree(container_of(k, struct thing, kobj)); }
static ssize_t show(struct kobject *k, struct attribute *a, char *buf) { return sysfs_emit(buf, "%s of %s\n", a->name, kobject_name(k)); }
static ssize_t store(struct kobject *k, struct attribute *a, const char *buf, size_t n) { pr_info("store %s %zu\n", a->name, n); return n; }
static const struct sysfs_ops ops = { .show = show, .store = store };
static struct attribute one = { "one", 0444 }, two = { "two", 0644 }, three = { "three", 0200 };
static const struct attribute *files[] = { &one, &two, NULL };
static struct attribute *attrs[] = { &one, &three, NULL };
static umode_t visible(struct kobject *k, struct attribute *a, int n) { return a == &three ? 0 : a->mode; }
static const struct attribute_group group = { .name = "group", .attrs = attrs }, hidden = { .name = "hidden", .attrs = attrs, .is_visible = visible };
static const struct attribute_group *groups[] = { &group, &hidden, NULL };
static const struct kobj_type ktype = { .release = release, .sysfs_ops = &ops };
static ssize_t bin_read(struct file *f, struct kobject *k, struct bin_attribute *a, char *buf, loff_t off, size_t n) { memset(buf, 'b', n); return n; }
static struct bin_attribute binary = { .attr = { "binary", 0444 }, .size = 6, .read = bin_read };
static struct kset *set;
static struct thing *a, *b;
static struct kobject *plain;

static struct thing *make(void) { return kzalloc(sizeof(struct thing), GFP_KERNEL); }

static int __init calls_init(void)
{
	char *path, *env[] = { "CALLS=1", NULL };
	struct thing *t;

	set = kset_create_and_add("calls_set", NULL, kernel_kobj);
	NIL(set);
	a = make();
	a->kobj.kset = set;
	kobject_init(&a->kobj, &ktype);
	INT(kobject_add(&a->kobj, NULL, "a-%d", 1));
	INT(kref_read(&a->kobj.kref));
	path = kobject_get_path(&a->kobj, GFP_KERNEL);
	STR(path);
	kfree(path);
	b = make();
	INT(kobject_init_and_add(&b->kobj, &ktype, &a->kobj, "b/%s", "slash"));
	STR(kobject_name(&b->kobj));
	INT(kobject_get(&b->kobj) == &b->kobj);
	kobject_put(&b->kobj);
	INT(kobject_get_unless_zero(&b->kobj) == &b->kobj);
	kobject_put(&b->kobj);
	NIL(kobject_get(NULL));
	kobject_put(NULL);
	t = make();
	kobject_init(&t->kobj, &ktype);
	INT(kobject_set_name(&t->kobj, "never %d", 3));
	STR(kobject_name(&t->kobj));
	DO(kobject_put(&t->kobj));
	plain = kobject_create_and_add("calls_plain", NULL);
	NIL(plain);
	INT(kobject_uevent(&a->kobj, KOBJ_CHANGE));
	INT(kobject_uevent_env(&a->kobj, KOBJ_CHANGE, env));

	INT(sysfs_create_files(&a->kobj, files));
	sysfs_remove_files(&a->kobj, files);
	INT(sysfs_create_file(&a->kobj, &one));
	INT(sysfs_create_file(&a->kobj, &two));
	INT(sysfs_create_bin_file(&a->kobj, &binary));
	INT(sysfs_create_group(&a->kobj, &group));
	sysfs_remove_group(&a->kobj, &group);
	INT(sysfs_create_groups(&a->kobj, groups));
	INT(sysfs_create_link(plain, &a->kobj, "to_a"));
	INT(sysfs_create_link_nowarn(plain, &b->kobj, "to_b"));
	INT(sysfs_create_link_nowarn(plain, &b->kobj, "to_b"));
	INT(sysfs_create_mount_point(plain, "mount"));
	DO(sysfs_notify(&a->kobj, NULL, "one"));
	NIL(fs_kobj);
	NIL(mm_kobj);
	NIL(firmware_kobj);
	NIL(hypervisor_kobj);
	return 0;
}
static void __exit calls_exit(void)
{
	sysfs_remove_mount_point(plain, "mount");
	sysfs_remove_link(plain, "to_b");
	sysfs_remove_link(plain, "to_a");
	sysfs_remove_groups(&a->kobj, groups);
	sysfs_remove_bin_file(&a->kobj, &binary);
	sysfs_remove_file(&a->kobj, &one);
	kobject_put(plain);
	kobject_del(&b->kobj);
	DO(kobject_put(&b->kobj));
	DO(kobject_put(&a->kobj));
	kset_unregister(set);
}
module_init(calls_init);
module_exit(calls_exit);
