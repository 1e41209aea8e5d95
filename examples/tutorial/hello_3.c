// SPDX-License-Identifier: GPL-2.0-or-later
/* __init and __initdata: what is needed only once is given back afterwards. */
#include <linux/module.h>

static int number __initdata = 3;

static int __init hello_3_init(void)
{
	pr_info("Hello, world %d\n", number);
	return 0;
}

static void __exit hello_3_exit(void)
{
	pr_info("Goodbye, world 3\n");
}

module_init(hello_3_init);
module_exit(hello_3_exit);

MODULE_LICENSE("GPL");
