// Code that keeps the processor for long, and comes to its end all the same, chosen by a parameter.
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

static char *what = "";
static unsigned int times = 200000;
module_param(what, charp, 0);
module_param(times, uint, 0);

#define SAY(format, ...) pr_info("busy: " format "\n", ##__VA_ARGS__)

static struct timer_list timer;
static struct hrtimer precise;
static int flag;

static void many_calls(void)
{
	unsigned int i, sum = 0;

	for (i = 0; i < times; i++) {
		char *text = kmalloc(16, GFP_KERNEL);

		if (!text)
			return;
		text[0] = i;
		text[1] = 0;
		sum += strlen(text) + (unsigned char)text[0];
		kfree(text);
	}
	SAY("%u calls, sum %u", times, sum);
}

static void long_loop(void)
{
	static volatile unsigned int sum;
	unsigned int i, j;

	for (i = 0; i < times; i++)
		for (j = 0; j < 100; j++)
			sum += i ^ j;
	SAY("sum %u", sum);
}

static void many_lines(void)
{
	unsigned int i;

	for (i = 0; i < times; i++)
		SAY("line %u", i);
}

static void half_a_minute(void)
{
	unsigned int i;

	for (i = 0; i < 30000; i++)
		mdelay(1);
	SAY("over");
}

static void until_jiffies(void)
{
	unsigned long begun = jiffies, end = begun + HZ;

	while (time_before(jiffies, end))
		cpu_relax();
	SAY("%lu jiffies", jiffies - begun);
}

static void set_flag(struct timer_list *unused)
{
	WRITE_ONCE(flag, 1);
}

static void until_timer(void)
{
	unsigned long begun = jiffies;

	timer_setup(&timer, set_flag, 0);
	mod_timer(&timer, jiffies + 10);
	while (!READ_ONCE(flag))
		cpu_relax();
	SAY("%d after %lu jiffies", flag, jiffies - begun);
}

static void until_timer_with_calls(void)
{
	timer_setup(&timer, set_flag, 0);
	mod_timer(&timer, jiffies + 10);
	while (!READ_ONCE(flag))
		kfree(kmalloc(16, GFP_KERNEL));
	SAY("seen");
}

static enum hrtimer_restart again(struct hrtimer *unused)
{
	return HRTIMER_RESTART;
}

static void restarts_at_once(void)
{
	hrtimer_init(&precise, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	precise.function = again;
	hrtimer_start(&precise, 1000000, HRTIMER_MODE_REL);
	msleep(10);
	SAY("slept");
}

static void for_ever(void)
{
	for (;;)
		kfree(kmalloc(16, GFP_KERNEL));
}

static const struct { const char *name; void (*call)(void); } table[] = {
#define ENTRY(name) { #name, name }
	ENTRY(many_calls), ENTRY(long_loop), ENTRY(many_lines), ENTRY(half_a_minute), ENTRY(until_jiffies),
	ENTRY(until_timer), ENTRY(until_timer_with_calls), ENTRY(restarts_at_once), ENTRY(for_ever),
};

static int __init busy_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].name, what))
			table[i].call();
	return 0;
}

static void __exit busy_exit(void)
{
}

module_init(busy_init);
module_exit(busy_exit);
MODULE_LICENSE("GPL");
