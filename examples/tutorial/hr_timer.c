// SPDX-License-Identifier: GPL-2.0-or-later
/* A timer of high resolution with a period of 100 microseconds, ten times. */
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/module.h>

static struct hrtimer timer;
static ktime_t began;
static int count;

static enum hrtimer_restart beat(struct hrtimer *expired)
{
	if (++count == 10) {
		pr_info("hr_timer: %d beats in %lld us\n", count, ktime_to_us(ktime_sub(ktime_get(), began)));
		return HRTIMER_NORESTART;
	}
	hrtimer_forward_now(expired, ns_to_ktime(100 * NSEC_PER_USEC));
	return HRTIMER_RESTART;
}

static int __init hr_timer_start(void)
{
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = beat;
	began = ktime_get();
	hrtimer_start(&timer, ns_to_ktime(100 * NSEC_PER_USEC), HRTIMER_MODE_REL);
	return 0;
}

static void __exit hr_timer_stop(void)
{
	hrtimer_cancel(&timer);
	pr_info("hr_timer: stopped after %d\n", count);
}

module_init(hr_timer_start);
module_exit(hr_timer_stop);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A timer of high resolution");
