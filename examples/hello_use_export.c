// SPDX-License-Identifier: GPL-2.0
/* The second module of the lesson: it takes two parameters and calls what hello_export exports. */
#include <linux/module.h>

void hello_export(void);

static char *whom = "world";
module_param(whom, charp, 0644);
MODULE_PARM_DESC(whom, "who is greeted");

static int howmany = 1;
module_param(howmany, int, 0444);
MODULE_PARM_DESC(howmany, "how many times");

static int __init hello_use_export_init(void)
{
	for (int i = 0; i < howmany; i++)
		pr_info("hello %s %d\n", whom, i);
	hello_export();
	return 0;
}

static void __exit hello_use_export_exit(void)
{
	pr_info("Bye %s\n", whom);
}

module_init(hello_use_export_init);
module_exit(hello_use_export_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses a function of another module");
