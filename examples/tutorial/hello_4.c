// SPDX-License-Identifier: GPL-2.0-or-later
/* What a module says about itself. Its licence is not free, which taints the kernel. */
#include <linux/module.h>

static int __init hello_4_init(void)
{
	pr_info("Hello, world 4\n");
	return 0;
}

static void __exit hello_4_exit(void)
{
	pr_info("Goodbye, world 4\n");
}

module_init(hello_4_init);
module_exit(hello_4_exit);

MODULE_LICENSE("Proprietary");
MODULE_AUTHOR("A learner");
MODULE_DESCRIPTION("A module that tells about itself");
MODULE_VERSION("4.0");
