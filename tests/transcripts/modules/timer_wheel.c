// When timers run, and how long sleepers sleep: in the step of the kernel's wheel of timers that follows.
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/timer.h>

static unsigned long ran;

static void note(struct timer_list *unused)
{
	ran = jiffies;
}

static DEFINE_TIMER(timer, note);

static unsigned long step(unsigned long expires, unsigned long now)
{
	unsigned int bits = 0;

	// The wheel has come to the jiffy after this one, because a timer has just run in this one.
	while (bits < 24 && expires - (now + 1) >= 63UL << bits)
		bits += 3;
	return ((expires + (1UL << bits)) >> bits) << bits;
}

static int __init timer_wheel_init(void)
{
	static const int delays[] = { 1, 2, 5, 62, 63, 64, 100, 250, 503, 504, 505, 700 };
	int i;

	schedule_timeout_uninterruptible(1);
	for (i = 0; i < ARRAY_SIZE(delays); i++) {
		unsigned long now = jiffies, expires = now + delays[i];

		mod_timer(&timer, expires);
		while (timer_pending(&timer))
			schedule_timeout_uninterruptible(1);
		pr_info("timer_wheel: %d: %ld off\n", delays[i], (long)(ran - step(expires, now)));
	}
	for (i = 0; i < ARRAY_SIZE(delays); i++) {
		unsigned long now = jiffies;

		schedule_timeout_uninterruptible(delays[i]);
		pr_info("timer_wheel: sleep %d: %ld off\n", delays[i], (long)(jiffies - step(now + delays[i], now)));
	}
	return 0;
}

static void __exit timer_wheel_exit(void)
{
	del_timer_sync(&timer);
}

module_init(timer_wheel_init);
module_exit(timer_wheel_exit);
MODULE_LICENSE("GPL");
