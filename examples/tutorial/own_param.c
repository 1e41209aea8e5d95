// SPDX-License-Identifier: GPL-2.0-or-later
/* A parameter with functions of its own: it may stand without a value, and takes even numbers only. */
#include <linux/module.h>
#include <linux/moduleparam.h>

static int even;

static int even_set(const char *text, const struct kernel_param *param)
{
	int value = 2, error = text ? kstrtoint(text, 0, &value) : 0;

	if (error)
		return error;
	if (value % 2)
		return -EDOM;
	even = value;
	pr_info("own_param: set to %d by %s\n", even, text ? text : "its name alone");
	return 0;
}

static int even_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "two times %d\n", even / 2);
}

static const struct kernel_param_ops even_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = even_set,
	.get = even_get,
};

module_param_cb(even, &even_ops, NULL, 0644);
MODULE_PARM_DESC(even, "An even number");

static int __init own_param_init(void)
{
	return 0;
}

static void __exit own_param_exit(void)
{
}

module_init(own_param_init);
module_exit(own_param_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A parameter with functions of its own");
