// SPDX-License-Identifier: GPL-2.0-or-later
/* The smallest module: two functions with fixed names. */
#include <linux/module.h>

int init_module(void)
{
	pr_info("Hello world 1.\n");
	return 0;
}

void cleanup_module(void)
{
	pr_info("Goodbye world 1.\n");
}

MODULE_LICENSE("GPL");
