// One misuse of texts each, chosen by a parameter: what the kernel says of it.
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/vt_kern.h>

#include <linux/console_struct.h>

static char *what = "";
module_param(what, charp, 0);

static const char *volatile floating = "told: %d %f %d\n";
static const char *volatile counting = "%d%n%d";
static char short_one[4];
static volatile int zero;

static void format(void)
{
	char text[32];

	printk(floating, 1, 2, 3);
	pr_info("\n");
	pr_info("told: %d\n", snprintf(text, sizeof(text), counting, 1, &zero, 2));
	pr_info("told: %s\n", text);
}

static void length(void)
{
	memset(short_one, 'x' + zero, sizeof(short_one));
	pr_info("told: %zu\n", strlen(short_one));
}

static void terminal(void)
{
	struct tty_struct *tty = get_current_tty();
	char name[TASK_COMM_LEN];

	pr_info("told: %s terminal\n", tty ? "a" : "no");
	tty = vc_cons[fg_console].d->port.tty;
	pr_info("told: %s of %s\n", tty->name, tty->driver->name);
	pr_info("told: %d\n", tty->driver->ops->ioctl(tty, 0x4b32, 7));
	pr_info("told: %d\n", tty->driver->ops->ioctl(tty, 0x4b32, 0xff));
	pr_info("told: %s\n", get_task_comm(name, current));
	allow_signal(SIGINT);
	pr_info("told: %d\n", signal_pending(current));
	disallow_signal(SIGINT);
}

static const struct {
	const char *name;
	void (*run)(void);
} all[] = { { "format", format }, { "length", length }, { "terminal", terminal } };

static int __init complain_text_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		if (!strcmp(what, all[i].name))
			all[i].run();
	return 0;
}

static void __exit complain_text_exit(void)
{
}

module_init(complain_text_init);
module_exit(complain_text_exit);
MODULE_LICENSE("GPL");
