#include "calls.h"
#include <linux/kmod.h>
#include <linux/umh.h>

static char *true_words[] = { "/bin/true", NULL }, *false_words[] = { "/bin/false", NULL }, *none_words[] = { "/bin/none", NULL };
static char *environment[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/bin:/usr/sbin:/usr/bin", NULL };

static void clean(struct subprocess_info *info)
{
	pr_info("cleanup of %s with %s\n", info->path ? info->path : "nothing", (char *)info->data);
}

#define RUN(path, words, wait) INT(call_usermodehelper_exec(call_usermodehelper_setup(path, words, environment, GFP_KERNEL, NULL, clean, "data"), wait))

static int __init calls_init(void)
{
	INT(call_usermodehelper(true_words[0], true_words, environment, UMH_WAIT_PROC));
	RUN("/bin/true", true_words, UMH_WAIT_PROC);
	RUN("/bin/false", false_words, UMH_WAIT_PROC);
	RUN("/bin/false", false_words, UMH_WAIT_EXEC);
	RUN("/bin/none", none_words, UMH_WAIT_PROC);
	RUN("/bin/none", none_words, UMH_WAIT_EXEC);
	RUN("", none_words, UMH_WAIT_PROC);
	RUN(NULL, none_words, UMH_WAIT_PROC);
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
