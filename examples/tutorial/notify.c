// SPDX-License-Identifier: GPL-2.0-or-later
/* A chain of functions that are told of events, the most important one first. */
#include <linux/module.h>
#include <linux/notifier.h>

static BLOCKING_NOTIFIER_HEAD(chain);

static int first(struct notifier_block *block, unsigned long event, void *data)
{
	pr_info("notify: first hears of %lu, %s\n", event, (char *)data);
	return event == 2 ? NOTIFY_STOP : NOTIFY_OK;
}

static int second(struct notifier_block *block, unsigned long event, void *data)
{
	pr_info("notify: second hears of %lu\n", event);
	return NOTIFY_DONE;
}

static struct notifier_block important = { .notifier_call = first, .priority = 10 };
static struct notifier_block ordinary = { .notifier_call = second };

static int __init notify_init(void)
{
	blocking_notifier_chain_register(&chain, &ordinary);
	blocking_notifier_chain_register(&chain, &important);
	blocking_notifier_call_chain(&chain, 1, "one");
	blocking_notifier_call_chain(&chain, 2, "two");
	return 0;
}

static void __exit notify_exit(void)
{
	blocking_notifier_chain_unregister(&chain, &important);
	blocking_notifier_call_chain(&chain, 3, "three");
	blocking_notifier_chain_unregister(&chain, &ordinary);
}

module_init(notify_init);
module_exit(notify_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A notifier chain");
