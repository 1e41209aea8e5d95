// Files whose text is made in elements, and which say each step: what one read asks for.
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define SAY(format, ...) pr_info("seq_steps: " format "\n", ##__VA_ARGS__)

static int count = 5, width = 10, skipped = -1, failing = -1;
module_param(count, int, 0644);
module_param(width, int, 0644);
module_param(skipped, int, 0644);
module_param(failing, int, 0644);

static loff_t element;

static void *at(loff_t position)
{
	element = position;
	return position < count ? &element : NULL;
}

static void *start(struct seq_file *m, loff_t *position)
{
	SAY("start %lld, count %zu, from %zu", *position, m->count, m->from);
	return at(*position);
}

static void *next(struct seq_file *m, void *v, loff_t *position)
{
	++*position;
	SAY("next %lld", *position);
	return at(*position);
}

static void stop(struct seq_file *m, void *v)
{
	SAY("stop %s", v ? "early" : "at the end");
}

static int show(struct seq_file *m, void *v)
{
	int number = *(loff_t *)v;

	SAY("show %d, size %zu", number, m->size);
	if (number == failing)
		return -EPERM;
	seq_printf(m, "%0*d\n", width - 1, number);
	return number == skipped ? SEQ_SKIP : 0;
}

static const struct seq_operations operations = { .start = start, .next = next, .stop = stop, .show = show };

static int show_one(struct seq_file *m, void *v)
{
	SAY("show one, size %zu, data %s", m->size, (char *)m->private);
	seq_printf(m, "%0*d\n", width - 1, 7);
	return failing == 7 ? -EIO : 0;
}

static int __init seq_steps_init(void)
{
	if (!proc_create_seq("seq_steps", 0444, NULL, &operations))
		return -ENOMEM;
	if (!proc_create_single_data("seq_one", 0444, NULL, show_one, "given"))
		return -ENOMEM;
	return 0;
}

static void __exit seq_steps_exit(void)
{
	remove_proc_entry("seq_steps", NULL);
	remove_proc_entry("seq_one", NULL);
}

module_init(seq_steps_init);
module_exit(seq_steps_exit);
MODULE_LICENSE("GPL");
