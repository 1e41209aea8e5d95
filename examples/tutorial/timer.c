// SPDX-License-Identifier: GPL-2.0-or-later
/* A timer that starts itself again, once a second, three times. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/timer.h>

static struct timer_list timer;
static int left = 3;

static void tick(struct timer_list *expired)
{
	pr_info("timer: tick, %d left\n", --left);
	if (left)
		mod_timer(expired, jiffies + HZ);
}

static int __init timer_start(void)
{
	timer_setup(&timer, tick, 0);
	mod_timer(&timer, jiffies + HZ);
	pr_info("timer: started\n");
	return 0;
}

static void __exit timer_stop(void)
{
	pr_info("timer: %s\n", del_timer_sync(&timer) ? "was still running" : "was over");
}

module_init(timer_start);
module_exit(timer_stop);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A timer");
