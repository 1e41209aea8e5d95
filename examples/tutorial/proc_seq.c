// SPDX-License-Identifier: GPL-2.0-or-later
/* A file in /proc with one line for each element of a sequence. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define LAST 5

static void *squares_start(struct seq_file *file, loff_t *position)
{
	return *position < LAST ? position : NULL;
}

static void *squares_next(struct seq_file *file, void *element, loff_t *position)
{
	++*position;
	return squares_start(file, position);
}

static void squares_stop(struct seq_file *file, void *element)
{
}

static int squares_show(struct seq_file *file, void *element)
{
	loff_t number = *(loff_t *)element + 1;

	seq_printf(file, "%lld squared is %lld\n", number, number * number);
	return 0;
}

static const struct seq_operations squares_ops = {
	.start = squares_start,
	.next = squares_next,
	.stop = squares_stop,
	.show = squares_show,
};

static int __init proc_seq_init(void)
{
	struct proc_dir_entry *folder = proc_mkdir("lesson", NULL);

	return folder && proc_create_seq("squares", 0444, folder, &squares_ops) ? 0 : -ENOMEM;
}

static void __exit proc_seq_exit(void)
{
	remove_proc_subtree("lesson", NULL);
}

module_init(proc_seq_init);
module_exit(proc_seq_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A sequence in /proc");
