// SPDX-License-Identifier: GPL-2.0-or-later
/* When, and in which task, functions run that wait for a grace period. */
#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct item {
	int number;
	struct list_head list;
	struct rcu_head rcu;
};

static LIST_HEAD(items);
static struct item late = { .number = 9 };

static void gone(struct rcu_head *head)
{
	struct item *item = container_of(head, struct item, rcu);

	pr_info("rcu_order: %d gone, softirq %d\n", item->number, !!in_serving_softirq());
	if (item == &late) /* it may be anybody's time */
		return;
	pr_info("rcu_order: in %s\n", current->comm);
	kfree(item);
}

static void show(void)
{
	struct item *item;

	rcu_read_lock();
	list_for_each_entry_rcu(item, &items, list)
		pr_info("rcu_order: %d there\n", item->number);
	rcu_read_unlock();
}

static int __init rcu_order_init(void)
{
	struct item *item;
	int number;

	for (number = 1; number < 4; number++) {
		item = kzalloc(sizeof(*item), GFP_KERNEL);
		item->number = number;
		list_add_tail_rcu(&item->list, &items);
	}
	show();
	item = list_first_entry(&items, struct item, list);
	list_del_rcu(&item->list);
	call_rcu(&item->rcu, gone);
	pr_info("rcu_order: first removed\n");
	item = list_first_entry(&items, struct item, list);
	list_del_rcu(&item->list);
	call_rcu(&item->rcu, gone);
	pr_info("rcu_order: second removed\n");
	rcu_barrier();
	pr_info("rcu_order: waited\n");
	item = list_first_entry(&items, struct item, list);
	list_del_rcu(&item->list);
	kfree_rcu(item, rcu);
	show();
	call_rcu(&late.rcu, gone);
	pr_info("rcu_order: begun\n");
	return 0;
}

static void __exit rcu_order_exit(void)
{
	call_rcu(&late.rcu, gone);
	pr_info("rcu_order: ending\n");
	rcu_barrier();
	pr_info("rcu_order: ended\n");
}

module_init(rcu_order_init);
module_exit(rcu_order_exit);
MODULE_DESCRIPTION("when functions run that wait for a grace period");
MODULE_LICENSE("GPL");
