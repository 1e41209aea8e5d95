// SPDX-License-Identifier: GPL-2.0-or-later
/* Uses both functions of exporter: it is under the GPL and imports the namespace. */
#include <linux/module.h>

int lesson_answer(void);
int lesson_secret(void);

static int __init importer_init(void)
{
	pr_info("importer: %d and %d\n", lesson_answer(), lesson_secret());
	return 0;
}

static void __exit importer_exit(void)
{
}

module_init(importer_init);
module_exit(importer_exit);

MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(LESSON);
MODULE_DESCRIPTION("Imports under conditions");
