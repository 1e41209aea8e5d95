// SPDX-License-Identifier: GPL-2.0-or-later
/* A folder in debugfs: two variables as files, a number that functions get and set, and a file with lines. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static struct dentry *folder;
static u32 count = 3;
static bool loud;
static u64 celsius = 20;

static int fahrenheit_get(void *data, u64 *value)
{
	*value = *(u64 *)data * 9 / 5 + 32;
	return 0;
}

static int fahrenheit_set(void *data, u64 value)
{
	if (value < 32)
		return -ERANGE;
	*(u64 *)data = (value - 32) * 5 / 9;
	return 0;
}

DEFINE_DEBUGFS_ATTRIBUTE(fahrenheit_ops, fahrenheit_get, fahrenheit_set, "%llu degrees\n");

static int words_show(struct seq_file *file, void *unused)
{
	u32 i;

	for (i = 0; i < count; i++)
		seq_puts(file, loud ? "HELLO\n" : "hello\n");
	return 0;
}

DEFINE_SHOW_ATTRIBUTE(words);

static int __init debug_file_init(void)
{
	folder = debugfs_create_dir("lesson", NULL);
	debugfs_create_u32("count", 0644, folder, &count);
	debugfs_create_bool("loud", 0644, folder, &loud);
	debugfs_create_file_unsafe("fahrenheit", 0644, folder, &celsius, &fahrenheit_ops);
	debugfs_create_file("words", 0444, folder, NULL, &words_fops);
	return 0;
}

static void __exit debug_file_exit(void)
{
	debugfs_remove_recursive(folder);
}

module_init(debug_file_init);
module_exit(debug_file_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Variables and lines in debugfs");
