// SPDX-License-Identifier: GPL-2.0-or-later
/* The functions have names of their own, and macros say which is which. */
#include <linux/module.h>

static int hello_2_init(void)
{
	pr_info("Hello, world 2\n");
	return 0;
}

static void hello_2_exit(void)
{
	pr_info("Goodbye, world 2\n");
}

module_init(hello_2_init);
module_exit(hello_2_exit);

MODULE_LICENSE("GPL");
