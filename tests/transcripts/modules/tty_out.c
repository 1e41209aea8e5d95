/* What a tutorial's module says to the terminal of whoever loads it, and how it lets the keyboard's lights blink. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/tty.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <linux/console_struct.h>
#include <linux/vt_kern.h>
MODULE_LICENSE("GPL");

static struct tty_driver *driver;

static void print_string(char *text)
{
	struct tty_struct *tty = get_current_tty();
	pr_info("tty_out: the terminal is %s\n", tty ? "there" : "NULL");
	if (tty) {
		tty->driver->ops->write(tty, text, strlen(text));
		tty->driver->ops->write(tty, "\015\012", 2);
		tty_kref_put(tty);
	}
}

static void light(unsigned long lights)
{
	struct tty_struct *tty = vc_cons[fg_console].d->port.tty;
	pr_info("tty_out: KDSETLED %lx says %d\n", lights, (driver->ops->ioctl)(tty, KDSETLED, lights));
}

static int __init start(void)
{
	int i;
	print_string("The module has been inserted.  Hello world!");
	pr_info("tty_out: fgconsole is %x\n", fg_console);
	for (i = 0; i < MAX_NR_CONSOLES; i++) {
		if (!vc_cons[i].d)
			break;
		pr_info("tty_out: console[%i/%i] #%i, tty %d\n", i, MAX_NR_CONSOLES, vc_cons[i].d->vc_num, !!vc_cons[i].d->port.tty);
	}
	if (!vc_cons[fg_console].d->port.tty)
		return 0;
	driver = vc_cons[fg_console].d->port.tty->driver;
	pr_info("tty_out: tty driver name %s\n", driver->driver_name);
	light(7);
	light(0xff);
	return 0;
}

static void __exit stop(void)
{
	print_string("The module has been removed.  Farewell world!");
	if (driver)
		light(0xff);
}

module_init(start);
module_exit(stop);
