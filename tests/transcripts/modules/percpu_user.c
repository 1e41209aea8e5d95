// SPDX-License-Identifier: GPL-2.0-or-later
/* Counts in the per-cpu variables of another module. */
#include <linux/module.h>
#include <linux/percpu.h>

DECLARE_PER_CPU(int, percpu_first);
DECLARE_PER_CPU(long, percpu_second);

static int __init percpu_user_init(void)
{
	long *second = get_cpu_ptr(&percpu_second);

	*second += 2;
	put_cpu_ptr(&percpu_second);
	this_cpu_inc(percpu_first);
	pr_info("percpu_user: %d %ld\n", this_cpu_read(percpu_first), *per_cpu_ptr(&percpu_second, 0));
	return 0;
}

static void __exit percpu_user_exit(void)
{
	this_cpu_write(percpu_first, 0);
	this_cpu_add(percpu_second, -42);
}

module_init(percpu_user_init);
module_exit(percpu_user_exit);
MODULE_DESCRIPTION("uses another module's per-cpu variables");
MODULE_LICENSE("GPL");
