# clocks, conversions, sleeping, timers: kernel/time
  $ insmod calls/kernel_time.ko
  k|<4>kernel_time: loading out-of-tree module taints kernel.
  k|<5>kernel_time: module verification failed: signature and/or required key missing - tainting kernel
  k|<6>kernel_time: jiffies_to_msecs(0) = 0
  k|<6>kernel_time: jiffies_to_msecs(1) = 4
  k|<6>kernel_time: jiffies_to_msecs(12345) = 49380
  k|<6>kernel_time: jiffies_to_usecs(1) = 4000
  k|<6>kernel_time: jiffies_to_usecs(12345) = 49380000
  k|<6>kernel_time: jiffies64_to_nsecs(3) = 12000000
  k|<6>kernel_time: jiffies64_to_msecs(3) = 12
  k|<6>kernel_time: jiffies_to_clock_t(1000) = 400
  k|<6>kernel_time: jiffies_64_to_clock_t(12345) = 4938
  k|<6>kernel_time: __msecs_to_jiffies(0) = 0
  k|<6>kernel_time: __msecs_to_jiffies(1) = 1
  k|<6>kernel_time: __msecs_to_jiffies(9) = 3
  k|<6>kernel_time: __msecs_to_jiffies(1000) = 250
  k|<6>kernel_time: __msecs_to_jiffies(-1) = 4611686018427387902
  k|<6>kernel_time: __usecs_to_jiffies(0) = 0
  k|<6>kernel_time: __usecs_to_jiffies(1) = 1
  k|<6>kernel_time: __usecs_to_jiffies(4001) = 2
  k|<6>kernel_time: __usecs_to_jiffies(UINT_MAX) = 4611686018427387902
  k|<6>kernel_time: nsecs_to_jiffies(10000000) = 2
  k|<6>kernel_time: nsecs_to_jiffies64(-1ULL) = 4611686018427
  k|<6>kernel_time: 4.004000000
  k|<6>kernel_time: ns_to_timespec64(1500000000) = 1.500000000
  k|<6>kernel_time: ns_to_timespec64(-1) = -1.999999999
  k|<6>kernel_time: ns_to_timespec64(-3000000001LL) = -4.999999999
  k|<6>kernel_time: ns_to_timespec64(0) = 0.000000000
  k|<6>kernel_time: 7.500000000
  k|<6>kernel_time: 4.999999999
  k|<6>kernel_time: mktime64(1970, 1, 1, 0, 0, 0) = 0
  k|<6>kernel_time: mktime64(2024, 2, 29, 23, 59, 60) = 1709251200
  k|<6>kernel_time: mktime64(1969, 12, 31, 23, 59, 59) = -1
  k|<6>kernel_time: mktime64(2100, 3, 1, 0, 0, 0) = 4107542400
  k|<6>kernel_time: time64_to_tm(0, 0) 70-0-1 0:0:0 4 0
  k|<6>kernel_time: time64_to_tm(1709251199, 0) 124-1-29 23:59:59 4 59
  k|<6>kernel_time: time64_to_tm(1709251199, 3600) 124-2-1 0:59:59 5 60
  k|<6>kernel_time: time64_to_tm(-1, 0) 69-11-31 23:59:59 3 364
  k|<6>kernel_time: time64_to_tm(-86401, -7200) 69-11-30 21:59:59 2 363
  k|<6>kernel_time: time64_to_tm(253402300800LL, 0) 8100-0-1 0:0:0 6 0
  k|<6>kernel_time: round_jiffies(0) % HZ = 0
  k|<6>kernel_time: round_jiffies_up(jiffies + 100) % HZ = 0
  k|<6>kernel_time: round_jiffies_up(jiffies + 100) - jiffies >= 100 = 1
  k|<6>kernel_time: (jiffies + round_jiffies_relative(1000)) % HZ = 0
  k|<6>kernel_time: (jiffies + round_jiffies_up_relative(1000)) % HZ = 0
  k|<6>kernel_time: round_jiffies(10000000001UL) = 10000000000
  k|<6>kernel_time: round_jiffies(10000000063UL) = 10000000250
  k|<6>kernel_time: round_jiffies_up(10000000000UL) = 10000000250
  k|<6>kernel_time: round_jiffies_up(10000000001UL) = 10000000250
  k|<6>kernel_time: (round_jiffies_relative(10000000001UL - jiffies) + jiffies + 9) / HZ = 40000000
  k|<6>kernel_time: (round_jiffies_up_relative(10000000001UL - jiffies) + jiffies + 9) / HZ = 40000001
  k|<6>kernel_time: ktime_get() later: 1
  k|<6>kernel_time: ktime_get_raw() later: 1
  k|<6>kernel_time: ktime_get_with_offset(TK_OFFS_REAL) later: 1
  k|<6>kernel_time: ktime_get_with_offset(TK_OFFS_BOOT) later: 1
  k|<6>kernel_time: ktime_get_with_offset(TK_OFFS_TAI) later: 1
  k|<6>kernel_time: ktime_get_coarse_with_offset(TK_OFFS_REAL) later: 1
  k|<6>kernel_time: ktime_get_mono_fast_ns() later: 1
  k|<6>kernel_time: ktime_get_raw_fast_ns() later: 1
  k|<6>kernel_time: ktime_get_boot_fast_ns() later: 1
  k|<6>kernel_time: ktime_get_tai_fast_ns() later: 1
  k|<6>kernel_time: ktime_get_real_fast_ns() later: 1
  k|<6>kernel_time: sched_clock() later: 1
  k|<6>kernel_time: get_jiffies_64() later: 1
  k|<6>kernel_time: ktime_get_ts64 later: 1
  k|<6>kernel_time: ktime_get_raw_ts64 later: 1
  k|<6>kernel_time: ktime_get_real_ts64 later: 1
  k|<6>kernel_time: ktime_get_coarse_ts64 later: 1
  k|<6>kernel_time: ktime_get_coarse_real_ts64 later: 1
  k|<6>kernel_time: ktime_get_real_seconds() > 1600000000 = 1
  k|<6>kernel_time: ktime_get_seconds() < 10000 = 1
  k|<6>kernel_time: jiffies_64 - get_jiffies_64() < 3 = 1
  k|<6>kernel_time: boot.tv_sec > 1600000000 && boot.tv_sec <= ktime_get_real_seconds() = 1
  k|<6>kernel_time: hrtimer_resolution = 1
  k|<6>kernel_time: msleep(20): in time
  k|<6>kernel_time: msleep_interruptible(20) = 0
  k|<6>kernel_time: INT(msleep_interruptible(20)): in time
  k|<6>kernel_time: usleep_range(2000, 3000): in time
  k|<6>kernel_time: usleep_range_state(2000, 3000, TASK_UNINTERRUPTIBLE): in time
  k|<6>kernel_time: __udelay(2500): in time
  k|<6>kernel_time: __ndelay(250): in time
  k|<6>kernel_time: __const_udelay(2000 * 4295UL): in time
  k|<6>kernel_time: schedule_timeout_uninterruptible(5) = 0
  k|<6>kernel_time: INT(schedule_timeout_uninterruptible(5)): in time
  k|<6>kernel_time: schedule_timeout_interruptible(5) = 0
  k|<6>kernel_time: INT(schedule_timeout_interruptible(5)): in time
  k|<6>kernel_time: schedule_timeout_killable(5) = 0
  k|<6>kernel_time: INT(schedule_timeout_killable(5)): in time
  k|<6>kernel_time: schedule_timeout_idle(5) = 0
  k|<6>kernel_time: INT(schedule_timeout_idle(5)): in time
  k|<6>kernel_time: schedule_timeout(5) = 0
  k|<6>kernel_time: INT(schedule_timeout(5)): in time
  k|<6>kernel_time: io_schedule_timeout(5) = 0
  k|<6>kernel_time: INT(io_schedule_timeout(5)): in time
  k|<6>kernel_time: schedule(): in time
  k|<6>kernel_time: io_schedule(): in time
  k|<6>kernel_time: schedule_hrtimeout(&t, HRTIMER_MODE_REL) = 0
  k|<6>kernel_time: INT(schedule_hrtimeout(&t, HRTIMER_MODE_REL)): in time
  k|<6>kernel_time: msleep(5), then state 0
  k|<6>kernel_time: usleep_range(2000, 3000), then state 0
  k|<6>kernel_time: schedule_timeout(2) = 0
  k|<6>kernel_time: INT(schedule_timeout(2)), then state 0
  k|<6>kernel_time: schedule_timeout_uninterruptible(2) = 0
  k|<6>kernel_time: INT(schedule_timeout_uninterruptible(2)), then state 0
  k|<6>kernel_time: schedule_timeout_interruptible(2) = 0
  k|<6>kernel_time: INT(schedule_timeout_interruptible(2)), then state 0
  k|<6>kernel_time: schedule_hrtimeout(&t, HRTIMER_MODE_REL) = 0
  k|<6>kernel_time: INT(schedule_hrtimeout(&t, HRTIMER_MODE_REL)), then state 0
  k|<6>kernel_time: schedule_hrtimeout(&none, HRTIMER_MODE_REL) = 0
  k|<6>kernel_time: INT(schedule_hrtimeout(&none, HRTIMER_MODE_REL)), then state 0
  k|<6>kernel_time: schedule_hrtimeout(&t, HRTIMER_MODE_REL) = -4
  k|<6>kernel_time: schedule_hrtimeout(&none, HRTIMER_MODE_REL) = 0
  k|<6>kernel_time: schedule_hrtimeout(NULL, HRTIMER_MODE_REL) = -4
  k|<6>kernel_time: INT(schedule_hrtimeout(NULL, HRTIMER_MODE_REL)), then state 0
  k|<6>kernel_time: timer_pending(&t) = 0
  k|<6>kernel_time: del_timer(&t) = 0
  k|<6>kernel_time: add_timer(&t)
  k|<6>kernel_time: timer_pending(&t) = 1
  k|<6>kernel_time: mod_timer(&t, jiffies + 2000) = 1
  k|<6>kernel_time: mod_timer_pending(&t, jiffies + 3000) = 1
  k|<6>kernel_time: timer_reduce(&t, jiffies + 5000) = 1
  k|<6>kernel_time: t.expires - jiffies > 2900 && t.expires - jiffies < 3001 = 1
  k|<6>kernel_time: timer_reduce(&t, jiffies + 500) = 1
  k|<6>kernel_time: t.expires - jiffies <= 500 = 1
  k|<6>kernel_time: del_timer(&t) = 1
  k|<6>kernel_time: mod_timer_pending(&t, jiffies + 3000) = 0
  k|<6>kernel_time: timer_pending(&t) = 0
  k|<6>kernel_time: try_to_del_timer_sync(&t) = 0
  k|<6>kernel_time: timer_reduce(&t, jiffies + 2) = 0
  k|<6>kernel_time: fired = 1
  k|<6>kernel_time: add_timer_on(&t, 0)
  k|<6>kernel_time: fired = 2
  k|<6>kernel_time: mod_timer(&t, jiffies + 1000) = 0
  k|<6>kernel_time: timer_delete(&t) = 1
  k|<6>kernel_time: timer_delete_sync(&t) = 0
  k|<6>kernel_time: mod_timer(&t, jiffies - 10) = 0
  k|<6>kernel_time: fired = 3
  k|<6>kernel_time: mod_timer(&t, jiffies + 1000) = 0
  k|<6>kernel_time: timer_shutdown(&t) = 1
  k|<6>kernel_time: mod_timer(&t, jiffies + 1) = 0
  k|<6>kernel_time: timer_pending(&t) = 0
  k|<6>kernel_time: timer_shutdown_sync(&t) = 0
  k|<6>kernel_time: fired = 3
  k|<6>kernel_time: hrtimer_active(&h) = 0
  k|<6>kernel_time: hrtimer_active(&h) = 1
  k|<6>kernel_time: hrtimer_get_remaining(&h) > 4 * NSEC_PER_SEC = 1
  k|<6>kernel_time: hrtimer_try_to_cancel(&h) = 1
  k|<6>kernel_time: hrtimer_try_to_cancel(&h) = 0
  k|<6>kernel_time: hrtimer_cancel(&h) = 0
  k|<6>kernel_time: fired = 4
  k|<6>kernel_time: hrtimer_active(&h) = 0
  k|<6>kernel_time: hrtimer_forward(&h, hrtimer_get_expires(&h) + 10 * NSEC_PER_MSEC + 1, NSEC_PER_MSEC) = 11
  k|<6>kernel_time: hrtimer_forward(&h, 0, NSEC_PER_MSEC) = 0
  k|<6>kernel_time: hrtimer_cancel(&h) = 0
  $ rmmod kernel_time
