// SPDX-License-Identifier: GPL-2.0-or-later
/* Uses what voices.c exports: by linking, and by looking for it. */
#include <linux/module.h>

int voice_of(const char *name);

static int __init listener_init(void)
{
	int (*found)(const char *) = (void *)__symbol_get("voice_of");

	pr_info("listener: %d, found %d\n", voice_of("listener"), found == voice_of);
	if (found)
		__symbol_put("voice_of");
	pr_info("listener: nothing %d\n", !__symbol_get("voice_of_nobody"));
	return 0;
}

static void __exit listener_exit(void)
{
	pr_info("listener: %d\n", voice_of(""));
}

module_init(listener_init);
module_exit(listener_exit);
MODULE_LICENSE("GPL");
MODULE_SOFTDEP("pre: voices");
