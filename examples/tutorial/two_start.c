// SPDX-License-Identifier: GPL-2.0-or-later
/* A module of two files: this one begins. */
#include <linux/module.h>

static int __init two_files_init(void)
{
	pr_info("Hello from the first file\n");
	return 0;
}

module_init(two_files_init);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("One module made of two files");
