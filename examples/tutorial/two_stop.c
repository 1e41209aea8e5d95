// SPDX-License-Identifier: GPL-2.0-or-later
/* A module of two files: this one ends. */
#include <linux/module.h>

static void __exit two_files_exit(void)
{
	pr_info("Goodbye from the second file\n");
}

module_exit(two_files_exit);
