// SPDX-License-Identifier: GPL-2.0-or-later
/* Names in a list, a hash table and a tree: a file of /proc that shows and changes them. */
#include <linux/ctype.h>
#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/list_sort.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/rbtree.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stringhash.h>
#include <linux/uaccess.h>

struct person {
	struct list_head list;
	struct hlist_node hash;
	struct rb_node node;
	unsigned int age;
	char name[];
};

static LIST_HEAD(people);
static DEFINE_HASHTABLE(by_name, 3);
static struct rb_root by_age = RB_ROOT;
static DEFINE_MUTEX(lock);
static struct proc_dir_entry *folder;

static struct person *find(const char *name)
{
	struct person *person;

	hash_for_each_possible(by_name, person, hash, full_name_hash(NULL, name, strlen(name)))
		if (!strcmp(person->name, name))
			return person;
	return NULL;
}

static void add(const char *name, unsigned int age)
{
	struct rb_node **place = &by_age.rb_node, *parent = NULL;
	struct person *person = kzalloc(struct_size(person, name, strlen(name) + 1), GFP_KERNEL);

	strcpy(person->name, name);
	person->age = age;
	list_add_tail(&person->list, &people);
	hash_add(by_name, &person->hash, full_name_hash(NULL, name, strlen(name)));
	while (*place) {
		parent = *place;
		place = age < rb_entry(parent, struct person, node)->age ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&person->node, parent, place);
	rb_insert_color(&person->node, &by_age);
}

static void forget(struct person *person)
{
	list_del(&person->list);
	hash_del(&person->hash);
	rb_erase(&person->node, &by_age);
	kfree(person);
}

static void *roster_start(struct seq_file *seq, loff_t *position)
{
	mutex_lock(&lock);
	if (!*position)
		return SEQ_START_TOKEN;
	return seq_list_start(&people, *position - 1);
}

static void *roster_next(struct seq_file *seq, void *value, loff_t *position)
{
	if (value == SEQ_START_TOKEN) {
		++*position;
		return seq_list_start(&people, 0);
	}
	return seq_list_next(value, &people, position);
}

static void roster_stop(struct seq_file *seq, void *value)
{
	mutex_unlock(&lock);
}

static int roster_show(struct seq_file *seq, void *value)
{
	struct person *person;

	if (value == SEQ_START_TOKEN) {
		seq_printf(seq, "%-10s%5s\n", "name", "age");
		return 0;
	}
	person = list_entry(value, struct person, list);
	if (person->age == 99)
		return SEQ_SKIP;
	seq_printf(seq, "%-10s%5u\n", person->name, person->age);
	return 0;
}

static const struct seq_operations roster_ops = {
	.start = roster_start, .next = roster_next, .stop = roster_stop, .show = roster_show,
};

static int roster_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &roster_ops);
}

static ssize_t roster_write(struct file *file, const char __user *buffer, size_t size, loff_t *position)
{
	struct person *person;
	unsigned int age;
	char *text, name[16];
	ssize_t done = size;
	int fields;

	if (size > 64)
		return -E2BIG;
	text = memdup_user_nul(buffer, size);
	if (IS_ERR(text))
		return PTR_ERR(text);
	mutex_lock(&lock);
	fields = sscanf(strim(text), "%15s %u", name, &age);
	person = fields > 0 ? find(name) : NULL;
	if (fields == 2 && !person)
		add(name, age);
	else if (fields == 2)
		done = -EEXIST;
	else if (fields == 1 && person)
		forget(person);
	else
		done = fields == 1 ? -ENOENT : -EINVAL;
	mutex_unlock(&lock);
	pr_info("%d fields: %zd\n", fields, done);
	kfree(text);
	return done;
}

static const struct proc_ops roster_proc = {
	.proc_open = roster_open, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = seq_release,
	.proc_write = roster_write,
};

static int older(void *data, const struct list_head *one, const struct list_head *other)
{
	return list_entry(one, struct person, list)->age < list_entry(other, struct person, list)->age;
}

static int tree_show(struct seq_file *seq, void *value)
{
	struct rb_node *node;
	struct person *person;
	int bucket;
	unsigned int count = 0;

	for (node = rb_first(&by_age); node; node = rb_next(node))
		seq_printf(seq, "%s ", rb_entry(node, struct person, node)->name);
	seq_putc(seq, '\n');
	list_sort(NULL, &people, older);
	list_for_each_entry_reverse(person, &people, list)
		seq_printf(seq, "%s%c", person->name, list_is_first(&person->list, &people) ? '\n' : ',');
	hash_for_each(by_name, bucket, person, hash)
		count++;
	seq_printf(seq, "%u\n", count);
	return 0;
}

static int __init roster_init(void)
{
	folder = proc_mkdir("roster", NULL);
	if (!folder)
		return -ENOMEM;
	proc_create("people", 0666, folder, &roster_proc);
	proc_create_single("tree", 0, folder, tree_show);
	proc_symlink("all", folder, "people");
	pr_info("hashes %u %u %u\n", full_name_hash(NULL, "anna", 4), full_name_hash(&people, "", 0) == full_name_hash(&people, "x", 0),
		full_name_hash(NULL, "a name of many letters", 22));
	return 0;
}

static void __exit roster_exit(void)
{
	struct person *person, *next;

	remove_proc_subtree("roster", NULL);
	list_for_each_entry_safe(person, next, &people, list) {
		pr_info("%s goes\n", person->name);
		forget(person);
	}
}

module_init(roster_init);
module_exit(roster_exit);
MODULE_DESCRIPTION("Names and ages");
MODULE_LICENSE("GPL");
