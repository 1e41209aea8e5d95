// SPDX-License-Identifier: GPL-2.0-or-later
/* Exports one function to modules under the GPL only, and one in a namespace. */
#include <linux/module.h>

int lesson_answer(void);
int lesson_secret(void);

int lesson_answer(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(lesson_answer);

int lesson_secret(void)
{
	return 4711;
}
EXPORT_SYMBOL_NS_GPL(lesson_secret, LESSON);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports under conditions");
