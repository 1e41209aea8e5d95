// SPDX-License-Identifier: GPL-2.0-or-later
/* Loops that count and never end, and one that counts far and ends, chosen by a parameter. */
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/processor.h>

static char *what = "";
module_param(what, charp, 0);

static volatile int count;
static volatile unsigned long sum;
static volatile unsigned int random = 1;
static int stop;

static void counts(void)
{
	while (1)
		count++;
}

static void counts_until_a_flag(void)
{
	while (!READ_ONCE(stop)) {
		count++;
		cpu_relax();
	}
}

static void counts_in_a_register(void)
{
	unsigned long i = 0;

	for (;;) {
		i++;
		asm volatile("" : "+r" (i));
	}
}

static void draws_numbers(void)
{
	int i;

	for (;;)
		for (i = 0; i < 10; i++) {
			random = random * 1103515245 + 12345;
			sum += random >> 16 & 0x7fff;
		}
}

static void counts_to_an_end(void)
{
	while (count != 40000000)
		count++;
	pr_info("hang_count: counted to %d\n", count);
}

static const struct { const char *name; void (*call)(void); } table[] = {
#define ENTRY(name) { #name, name }
	ENTRY(counts), ENTRY(counts_until_a_flag), ENTRY(counts_in_a_register), ENTRY(draws_numbers),
	ENTRY(counts_to_an_end),
};

static int __init hang_count_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].name, what))
			table[i].call();
	return 0;
}

static void __exit hang_count_exit(void)
{
}

module_init(hang_count_init);
module_exit(hang_count_exit);
MODULE_DESCRIPTION("loops that count and never end");
MODULE_LICENSE("GPL");
