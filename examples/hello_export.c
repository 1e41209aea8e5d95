// SPDX-License-Identifier: GPL-2.0
/* The first module of the lesson: it has a function that other modules may call. */
#include <linux/module.h>

void hello_export(void);

void hello_export(void)
{
	pr_info("Hello from another module\n");
}
EXPORT_SYMBOL(hello_export);

static int __init hello_export_init(void)
{
	pr_info("Hello,world\n");
	return 0;
}

static void __exit hello_export_exit(void)
{
	pr_info("Bye bye\n");
}

module_init(hello_export_init);
module_exit(hello_export_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports a function");
