// SPDX-License-Identifier: GPL-2.0-or-later
/* Files whose functions the kernel has ready: attributes of debugfs, lists read under RCU, buffers of a wanted size. */
#include "calls.h"
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct entry {
	int number;
	struct list_head list;
	struct hlist_node node;
};

static LIST_HEAD(entries);
static HLIST_HEAD(nodes);
static struct entry all[3];
static struct dentry *folder;
static struct proc_dir_entry *place;
static u64 kept = 5;
static size_t room = 100;

static int kept_get(void *data, u64 *value)
{
	*value = *(u64 *)data;
	return 0;
}

static int kept_set(void *data, u64 value)
{
	*(u64 *)data = value;
	return value == 99 ? -EDOM : 0;
}

DEFINE_SIMPLE_ATTRIBUTE(plain_fops, kept_get, kept_set, "%llu\n");
DEFINE_DEBUGFS_ATTRIBUTE(safe_fops, kept_get, kept_set, "0x%llx\n");

static ssize_t guarded_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	struct dentry *dentry = file->f_path.dentry;
	ssize_t done = debugfs_file_get(dentry);

	if (done)
		return done;
	done = simple_read_from_buffer(buffer, size, position, "guarded\n", 8);
	debugfs_file_put(dentry);
	return done;
}

static const struct file_operations guarded_fops = { .owner = THIS_MODULE, .open = simple_open, .read = guarded_read };

static void *list_begin(struct seq_file *seq, loff_t *position)
{
	rcu_read_lock();
	return seq_list_start_rcu(&entries, *position);
}

static void *list_on(struct seq_file *seq, void *value, loff_t *position)
{
	return seq_list_next_rcu(value, &entries, position);
}

static void list_end(struct seq_file *seq, void *value)
{
	rcu_read_unlock();
}

static int list_show(struct seq_file *seq, void *value)
{
	seq_printf(seq, "entry %d\n", list_entry(value, struct entry, list)->number);
	return 0;
}

static const struct seq_operations list_ops = {
	.start = list_begin, .next = list_on, .stop = list_end, .show = list_show,
};

static int sized_show(struct seq_file *seq, void *value)
{
	seq_printf(seq, "room for %zu, of the folder's %d\n", seq->size, *(int *)seq->private);
	return 0;
}

static int sized_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, sized_show, proc_get_parent_data(inode), room);
}

static const struct proc_ops sized_ops = {
	.proc_open = sized_open, .proc_read = seq_read, .proc_lseek = seq_lseek, .proc_release = single_release,
};

static int __init fs_files_init(void)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);
	struct hlist_node *first;
	char text[8] = "";
	loff_t position = 2;
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(queue);
	wait_queue_entry_t waiter;
	u64 ticks = get_jiffies_64();
	void *memory = kmalloc_node(room, GFP_KERNEL, NUMA_NO_NODE);
	int number;

	for (number = 0; number < 3; number++) {
		all[number].number = number + 1;
		list_add_tail_rcu(&all[number].list, &entries);
		hlist_add_head_rcu(&all[number].node, &nodes);
	}
	INT(get_jiffies_64() - ticks < 100);
	LONG(ksize(memory));
	kfree(memory);
	file->f_pos = 7;
	LONG(noop_llseek(file, 3, SEEK_SET));
	kfree(file);
	LONG(memory_read_from_buffer(text, 3, &position, "abcdefg", 7));
	pr_info("%s at %lld\n", text, position);
	LONG(memory_read_from_buffer(text, 3, &position, "abcdefg", 4));
	rcu_read_lock();
	first = seq_hlist_start_rcu(&nodes, 1);
	pr_info("node %d\n", first ? hlist_entry(first, struct entry, node)->number : 0);
	INT(seq_hlist_start_rcu(&nodes, 3) == NULL);
	rcu_read_unlock();
	init_waitqueue_entry(&waiter, current);
	INT(default_wake_function(&waiter, TASK_NORMAL, 0, NULL));
	add_wait_queue(&queue, &waiter);
	wake_up(&queue);
	remove_wait_queue(&queue, &waiter);
	folder = debugfs_create_dir("fs_files", NULL);
	debugfs_create_file("plain", 0644, folder, &kept, &plain_fops);
	debugfs_create_file_unsafe("safe", 0644, folder, &kept, &safe_fops);
	debugfs_create_file_unsafe("guarded", 0444, folder, NULL, &guarded_fops);
	place = proc_mkdir_data("fs_files", 0, NULL, &all[2].number);
	proc_create_seq("list", 0444, place, &list_ops);
	proc_create("sized", 0444, place, &sized_ops);
	return 0;
}

static void __exit fs_files_exit(void)
{
	debugfs_remove(folder);
	proc_remove(place);
}

module_init(fs_files_init);
module_exit(fs_files_exit);
