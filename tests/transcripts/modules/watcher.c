/* Tells of the modules that come and go, and refuses one if it is asked to. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/module.h>
#include <linux/notifier.h>

static char *refuse = "";
module_param(refuse, charp, 0644);
static const char *const names[] = { "live", "coming", "going" };

static int told(struct notifier_block *nb, unsigned long event, void *data)
{
	struct module *module = data;

	pr_info("%s is %s, its state is %d, it has %d references\n", module->name, names[event], module->state, module_refcount(module));
	return event == MODULE_STATE_COMING && !strcmp(module->name, refuse) ? notifier_from_errno(-EPERM) : NOTIFY_OK;
}
static int behind(struct notifier_block *nb, unsigned long event, void *data)
{
	pr_info("and so says the one behind\n");
	return NOTIFY_DONE;
}
static int before(struct notifier_block *nb, unsigned long event, void *data)
{
	pr_info("somebody is %s\n", names[event]);
	return NOTIFY_DONE;
}
static struct notifier_block blocks[] = {
	{ .notifier_call = told },
	{ .notifier_call = behind, .priority = -1 },
	{ .notifier_call = before, .priority = 1 },
};

static int __init watcher_init(void)
{
	int i;

	pr_info("my state is %d\n", THIS_MODULE->state);
	for (i = 0; i < ARRAY_SIZE(blocks); i++)
		pr_info("registering gives %d\n", register_module_notifier(&blocks[i]));
	return 0;
}
static void __exit watcher_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(blocks); i++)
		pr_info("unregistering gives %d\n", unregister_module_notifier(&blocks[i]));
	pr_info("once more gives %d, my state is %d\n", unregister_module_notifier(&blocks[0]), THIS_MODULE->state);
}
module_init(watcher_init);
module_exit(watcher_exit);
MODULE_LICENSE("GPL");
