#include "calls.h"
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>

#define SPEC(call) do { struct timespec64 s_ = call; pr_info("%s = %lld.%09ld\n", #call, (long long)s_.tv_sec, s_.tv_nsec); } while (0)

static void conversions(void)
{
	struct timespec64 s;
	struct tm tm;

	ULONG(jiffies_to_msecs(0));
	ULONG(jiffies_to_msecs(1));
	ULONG(jiffies_to_msecs(12345));
	ULONG(jiffies_to_usecs(1));
	ULONG(jiffies_to_usecs(12345));
	ULONG(jiffies64_to_nsecs(3));
	ULONG(jiffies64_to_msecs(3));
	ULONG(jiffies_to_clock_t(1000));
	ULONG(jiffies_64_to_clock_t(12345));
	ULONG(__msecs_to_jiffies(0));
	ULONG(__msecs_to_jiffies(1));
	ULONG(__msecs_to_jiffies(9));
	ULONG(__msecs_to_jiffies(1000));
	ULONG(__msecs_to_jiffies(-1));
	ULONG(__usecs_to_jiffies(0));
	ULONG(__usecs_to_jiffies(1));
	ULONG(__usecs_to_jiffies(4001));
	ULONG(__usecs_to_jiffies(UINT_MAX));
	ULONG(nsecs_to_jiffies(10000000));
	ULONG(nsecs_to_jiffies64(-1ULL));
	jiffies_to_timespec64(1001, &s);
	pr_info("%lld.%09ld\n", (long long)s.tv_sec, s.tv_nsec);
	SPEC(ns_to_timespec64(1500000000));
	SPEC(ns_to_timespec64(-1));
	SPEC(ns_to_timespec64(-3000000001LL));
	SPEC(ns_to_timespec64(0));
	set_normalized_timespec64(&s, 5, 2500000000LL);
	pr_info("%lld.%09ld\n", (long long)s.tv_sec, s.tv_nsec);
	set_normalized_timespec64(&s, 5, -1);
	pr_info("%lld.%09ld\n", (long long)s.tv_sec, s.tv_nsec);
	LONG(mktime64(1970, 1, 1, 0, 0, 0));
	LONG(mktime64(2024, 2, 29, 23, 59, 60));
	LONG(mktime64(1969, 12, 31, 23, 59, 59));
	LONG(mktime64(2100, 3, 1, 0, 0, 0));
#define TM(secs, offset) do { time64_to_tm(secs, offset, &tm); pr_info("time64_to_tm(%s, %d) %ld-%d-%d %d:%d:%d %d %d\n", #secs, offset, \
	tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_wday, tm.tm_yday); } while (0)
	TM(0, 0);
	TM(1709251199, 0);
	TM(1709251199, 3600);
	TM(-1, 0);
	TM(-86401, -7200);
	TM(253402300800LL, 0);
	INT(round_jiffies(0) % HZ);
	INT(round_jiffies_up(jiffies + 100) % HZ);
	INT(round_jiffies_up(jiffies + 100) - jiffies >= 100);
	INT((jiffies + round_jiffies_relative(1000)) % HZ);
	INT((jiffies + round_jiffies_up_relative(1000)) % HZ);
	ULONG(round_jiffies(10000000001UL));
	ULONG(round_jiffies(10000000063UL));
	ULONG(round_jiffies_up(10000000000UL));
	ULONG(round_jiffies_up(10000000001UL));
	ULONG((round_jiffies_relative(10000000001UL - jiffies) + jiffies + 9) / HZ);
	ULONG((round_jiffies_up_relative(10000000001UL - jiffies) + jiffies + 9) / HZ);
}

#define LATER(kind, call) do { u64 a_ = (u64)call; mdelay(5); u64 b_ = (u64)call; pr_info("%s later: %d\n", #call, b_ > a_ && b_ - a_ < kind); } while (0)
#define LATER_TS(function) do { struct timespec64 a_, b_; function(&a_); mdelay(5); function(&b_); \
	pr_info("%s later: %d\n", #function, timespec64_compare(&a_, &b_) < 0 && b_.tv_nsec < NSEC_PER_SEC); } while (0)

static void clocks(void)
{
	LATER(NSEC_PER_SEC, ktime_get());
	LATER(NSEC_PER_SEC, ktime_get_raw());
	LATER(NSEC_PER_SEC, ktime_get_with_offset(TK_OFFS_REAL));
	LATER(NSEC_PER_SEC, ktime_get_with_offset(TK_OFFS_BOOT));
	LATER(NSEC_PER_SEC, ktime_get_with_offset(TK_OFFS_TAI));
	LATER(NSEC_PER_SEC, ktime_get_coarse_with_offset(TK_OFFS_REAL));
	LATER(NSEC_PER_SEC, ktime_get_mono_fast_ns());
	LATER(NSEC_PER_SEC, ktime_get_raw_fast_ns());
	LATER(NSEC_PER_SEC, ktime_get_boot_fast_ns());
	LATER(NSEC_PER_SEC, ktime_get_tai_fast_ns());
	LATER(NSEC_PER_SEC, ktime_get_real_fast_ns());
	LATER(NSEC_PER_SEC, sched_clock());
	LATER(HZ, get_jiffies_64());
	LATER_TS(ktime_get_ts64);
	LATER_TS(ktime_get_raw_ts64);
	LATER_TS(ktime_get_real_ts64);
	LATER_TS(ktime_get_coarse_ts64);
	LATER_TS(ktime_get_coarse_real_ts64);
	INT(ktime_get_real_seconds() > 1600000000);
	INT(ktime_get_seconds() < 10000);
	INT(jiffies_64 - get_jiffies_64() < 3);
	struct timespec64 boot;
	getboottime64(&boot);
	INT(boot.tv_sec > 1600000000 && boot.tv_sec <= ktime_get_real_seconds());
	INT(hrtimer_resolution);
}

#define TAKES(low, high, call) do { u64 a_ = ktime_get_ns(), d_; call; d_ = ktime_get_ns() - a_; \
	pr_info("%s: %s\n", #call, d_ < low ? "too short" : d_ < high ? "in time" : "too long"); } while (0)
#define MS 1000000ULL

static struct task_struct *sleeper;
static void rouse(struct timer_list *t) { wake_up_process(sleeper); }
static struct timer_list alarm;
#define ASLEEP(call) do { set_current_state(TASK_UNINTERRUPTIBLE); call; pr_info("%s, then state %d\n", #call, READ_ONCE(current->__state)); \
	__set_current_state(TASK_RUNNING); } while (0)

static void states(void)
{
	ktime_t t = ktime_set(0, 3000000), none = 0;

	ASLEEP(msleep(5));
	ASLEEP(usleep_range(2000, 3000));
	ASLEEP(INT(schedule_timeout(2)));
	ASLEEP(INT(schedule_timeout_uninterruptible(2)));
	ASLEEP(INT(schedule_timeout_interruptible(2)));
	ASLEEP(INT(schedule_hrtimeout(&t, HRTIMER_MODE_REL)));
	ASLEEP(INT(schedule_hrtimeout(&none, HRTIMER_MODE_REL)));
	INT(schedule_hrtimeout(&t, HRTIMER_MODE_REL));
	INT(schedule_hrtimeout(&none, HRTIMER_MODE_REL));
	sleeper = current;
	timer_setup(&alarm, rouse, 0);
	mod_timer(&alarm, jiffies + 5);
	ASLEEP(INT(schedule_hrtimeout(NULL, HRTIMER_MODE_REL)));
}

static void sleeps(void)
{
	TAKES(20 * MS, 400 * MS, msleep(20));
	TAKES(20 * MS, 400 * MS, INT(msleep_interruptible(20)));
	TAKES(2 * MS, 400 * MS, usleep_range(2000, 3000));
	TAKES(2 * MS, 400 * MS, usleep_range_state(2000, 3000, TASK_UNINTERRUPTIBLE));
	TAKES(2 * MS, 400 * MS, __udelay(2500));
	TAKES(0, 400 * MS, __ndelay(250));
	TAKES(1 * MS, 400 * MS, __const_udelay(2000 * 4295UL));
	TAKES(10 * MS, 400 * MS, INT(schedule_timeout_uninterruptible(5)));
	TAKES(10 * MS, 400 * MS, INT(schedule_timeout_interruptible(5)));
	TAKES(10 * MS, 400 * MS, INT(schedule_timeout_killable(5)));
	TAKES(10 * MS, 400 * MS, INT(schedule_timeout_idle(5)));
	set_current_state(TASK_UNINTERRUPTIBLE);
	TAKES(10 * MS, 400 * MS, INT(schedule_timeout(5)));
	set_current_state(TASK_UNINTERRUPTIBLE);
	TAKES(10 * MS, 400 * MS, INT(io_schedule_timeout(5)));
	TAKES(0, 400 * MS, schedule());
	TAKES(0, 400 * MS, io_schedule());
	set_current_state(TASK_UNINTERRUPTIBLE);
	{
		ktime_t t = ktime_set(0, 3 * MS);
		TAKES(3 * MS, 400 * MS, INT(schedule_hrtimeout(&t, HRTIMER_MODE_REL)));
	}
}

static int fired;
static void ring(struct timer_list *t) { fired++; }
static enum hrtimer_restart hring(struct hrtimer *t) { fired++; return HRTIMER_NORESTART; }

static void timers(void)
{
	struct timer_list t;
	struct hrtimer h;

	timer_setup(&t, ring, 0);
	INT(timer_pending(&t));
	INT(del_timer(&t));
	t.expires = jiffies + 1000;
	DO(add_timer(&t));
	INT(timer_pending(&t));
	INT(mod_timer(&t, jiffies + 2000));
	INT(mod_timer_pending(&t, jiffies + 3000));
	INT(timer_reduce(&t, jiffies + 5000));
	INT(t.expires - jiffies > 2900 && t.expires - jiffies < 3001);
	INT(timer_reduce(&t, jiffies + 500));
	INT(t.expires - jiffies <= 500);
	INT(del_timer(&t));
	INT(mod_timer_pending(&t, jiffies + 3000));
	INT(timer_pending(&t));
	INT(try_to_del_timer_sync(&t));
	INT(timer_reduce(&t, jiffies + 2));
	msleep(50);
	INT(fired);
	t.expires = jiffies + 1;
	DO(add_timer_on(&t, 0));
	msleep(50);
	INT(fired);
	INT(mod_timer(&t, jiffies + 1000));
	INT(timer_delete(&t));
	INT(timer_delete_sync(&t));
	INT(mod_timer(&t, jiffies - 10));
	msleep(50);
	INT(fired);
	INT(mod_timer(&t, jiffies + 1000));
	INT(timer_shutdown(&t));
	INT(mod_timer(&t, jiffies + 1));
	INT(timer_pending(&t));
	INT(timer_shutdown_sync(&t));
	INT(fired);

	hrtimer_init(&h, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	h.function = hring;
	INT(hrtimer_active(&h));
	hrtimer_start(&h, ktime_set(5, 0), HRTIMER_MODE_REL);
	INT(hrtimer_active(&h));
	INT(hrtimer_get_remaining(&h) > 4 * NSEC_PER_SEC);
	INT(hrtimer_try_to_cancel(&h));
	INT(hrtimer_try_to_cancel(&h));
	INT(hrtimer_cancel(&h));
	hrtimer_start(&h, ktime_set(0, 5 * MS), HRTIMER_MODE_REL);
	msleep(50);
	INT(fired);
	INT(hrtimer_active(&h));
	INT(hrtimer_forward(&h, hrtimer_get_expires(&h) + 10 * NSEC_PER_MSEC + 1, NSEC_PER_MSEC));
	INT(hrtimer_forward(&h, 0, NSEC_PER_MSEC));
	INT(hrtimer_cancel(&h));
}

static int __init calls_init(void)
{
	conversions();
	clocks();
	sleeps();
	states();
	timers();
	return 0;
}
static void __exit calls_exit(void) { }
module_init(calls_init);
module_exit(calls_exit);
