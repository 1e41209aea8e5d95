// SPDX-License-Identifier: GPL-2.0-or-later
/* Parameters: numbers, a text, an array that counts its elements. */
#include <linux/module.h>
#include <linux/moduleparam.h>

static short small = 1;
static int medium = 420;
static long large = 9999;
static char *text = "blah";
static int list[2] = { 420, 420 };
static int count;

module_param(small, short, 0600);
MODULE_PARM_DESC(small, "A short integer");
module_param(medium, int, 0644);
MODULE_PARM_DESC(medium, "An integer");
module_param(large, long, 0444);
MODULE_PARM_DESC(large, "A long integer");
module_param(text, charp, 0000);
MODULE_PARM_DESC(text, "A text");
module_param_array(list, int, &count, 0000);
MODULE_PARM_DESC(list, "Up to two integers");

static int __init hello_5_init(void)
{
	int i;

	pr_info("Hello, world 5\n");
	pr_info("small %hd, medium %d, large %ld, text %s\n", small, medium, large, text);
	for (i = 0; i < ARRAY_SIZE(list); i++)
		pr_info("list[%d] = %d\n", i, list[i]);
	pr_info("%d given\n", count);
	return 0;
}

static void __exit hello_5_exit(void)
{
	pr_info("Goodbye, world 5, medium is %d now\n", medium);
}

module_init(hello_5_init);
module_exit(hello_5_exit);

MODULE_LICENSE("GPL");
