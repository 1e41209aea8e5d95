#include "calls.h"
#include <linux/console.h>

static char got[512];
static int calls;
static void write(struct console *c, const char *text, unsigned int length)
{
	const char *line = text;
	/* Without the time in brackets. */
	while (strstr(text, "console_test") && (line = strstr(line, "] "))) {
		const char *end = strchr(line, '\n');
		strlcat(got, line + 2, min(sizeof(got), strlen(got) + (end - line)));
		line = end;
	}
	calls++;
}
static int leave(struct console *c) { pr_info("exit of %s\n", c->name); return -5; }
static struct console loud = { .name = "calls", .write = write, .exit = leave, .flags = CON_ENABLED | CON_PRINTBUFFER };
static struct console late = { .name = "late", .write = write, .flags = CON_ENABLED, .index = 3 };
static struct console off = { .name = "off", .write = write };

static int __init kernel_console_init(void)
{
	pr_emerg("console_test before\n");
	DO(register_console(&off));
	HEX(off.flags);
	INT(unregister_console(&off));
	DO(register_console(&loud));
	HEX(loud.flags);
	pr_emerg("console_test one\n");
	pr_info("console_test not important\n");
	pr_emerg("console_test two\nconsole_test three\n");
	pr_info("got: %s", got);
	pr_info("\n");
	INT(calls);
	INT(unregister_console(&loud));
	HEX(loud.flags);
	got[0] = 0;
	DO(register_console(&late));
	pr_info("got: %s.\n", got);
	pr_emerg("console_test late\n");
	pr_info("got: %s", got);
	pr_info("\n");
	INT(unregister_console(&late));
	pr_emerg("console_test after\n");
	INT(calls);
	return 0;
}
static void __exit kernel_console_exit(void) { }
module_init(kernel_console_init);
module_exit(kernel_console_exit);
