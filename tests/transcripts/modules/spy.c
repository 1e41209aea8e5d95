// SPDX-License-Identifier: GPL-2.0-or-later
/* Probes of functions, and keys. */
#include <linux/input.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

noinline int spied(int one, int other);
noinline int spied(int one, int other)
{
	return one * 10 + other;
}

static int before(struct kprobe *probe, struct pt_regs *registers)
{
	pr_info("%s with %lu and %lu\n", probe->symbol_name, registers->di, registers->si);
	return 0;
}

static int at_return(struct kretprobe_instance *instance, struct pt_regs *registers)
{
	pr_info("returns %ld\n", regs_return_value(registers));
	return 0;
}

static struct kprobe probe = { .symbol_name = "spied", .pre_handler = before };
static struct kretprobe returns = { .kp.symbol_name = "spied", .handler = at_return, .maxactive = 2 };
static struct input_dev *input;

static int spy_show(struct seq_file *seq, void *value)
{
	seq_printf(seq, "%d\n", spied(4, 2));
	input_report_key(input, KEY_A, 1);
	input_sync(input);
	seq_printf(seq, "pressed: %d\n", test_bit(KEY_A, input->key));
	return 0;
}

static int __init spy_init(void)
{
	int error;

	input = input_allocate_device();
	if (!input)
		return -ENOMEM;
	input->name = "spy keys";
	input_set_capability(input, EV_KEY, KEY_A);
	error = input_register_device(input);
	if (error) {
		input_free_device(input);
		return error;
	}
	pr_info("kprobe %d, kretprobe %d\n", register_kprobe(&probe), register_kretprobe(&returns));
	proc_create_single("spy", 0444, NULL, spy_show);
	return 0;
}

static void __exit spy_exit(void)
{
	remove_proc_entry("spy", NULL);
	unregister_kretprobe(&returns);
	unregister_kprobe(&probe);
	pr_info("missed %lu and %d\n", probe.nmissed, returns.nmissed);
	input_unregister_device(input);
}

module_init(spy_init);
module_exit(spy_exit);
MODULE_DESCRIPTION("What happens elsewhere");
MODULE_LICENSE("GPL");
