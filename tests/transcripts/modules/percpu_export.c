// SPDX-License-Identifier: GPL-2.0-or-later
/* Per-cpu variables that another module uses: two exported ones, the second not at the beginning. */
#include <linux/module.h>
#include <linux/percpu.h>

DEFINE_PER_CPU(int, percpu_first) = 3;
EXPORT_PER_CPU_SYMBOL_GPL(percpu_first);
DEFINE_PER_CPU(long, percpu_second) = 40;
EXPORT_PER_CPU_SYMBOL(percpu_second);

static int show;

static int get(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%d %ld\n", this_cpu_read(percpu_first), this_cpu_read(percpu_second));
}

static const struct kernel_param_ops ops = { .get = get };
module_param_cb(values, &ops, &show, 0444);

MODULE_DESCRIPTION("exports per-cpu variables");
MODULE_LICENSE("GPL");
