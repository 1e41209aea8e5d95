"""Time: jiffies, the clocks, and sleeping. Time is virtual: it passes when somebody waits for it.

From Linux 6.1: `kernel/time/timer.c: msleep(), schedule_timeout()`, `kernel/time/timekeeping.c`, `kernel/time/time.c`,
`arch/x86/lib/delay.c`.
"""

from __future__ import annotations

from modtools.emulate import signals, tasks
from modtools.emulate.clock import FOREVER, MAX_JIFFIES, NANOSECONDS, REAL_AT_BOOT, after_jiffies, jiffies_of, tick
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.structs import view

_MILLISECOND, _MICROSECOND = 1_000_000, 1_000


@variable("jiffies", 8)
@variable("jiffies_64", 8)
def jiffies(_guest: Guest, _address: int) -> None:
    """`kernel/time/timer.c`: Leave the ticks to the clock, which keeps them up to date; they overflow 32 bits five
    minutes after boot (`jiffies` is exported by `kernel/time/jiffies.c`).
    """


@function("u64 get_jiffies_64(void)")
def get_jiffies_64(guest: Guest) -> int:
    """`kernel/time/jiffies.c`: Return the ticks, which overflow 32 bits five minutes after boot."""
    return guest.jiffies


# Sleeping.


@function("void msleep(unsigned int msecs)")
def msleep(guest: Guest, milliseconds: int) -> None:
    """`kernel/time/timer.c`: Sleep at least so long; a tick more, because the first one may come at once."""
    ticks = jiffies_of(guest, milliseconds, _MILLISECOND) + 1
    guest.wait_until(lambda: False, after_jiffies(guest, ticks))


@function("unsigned long msleep_interruptible(unsigned int msecs)")
def msleep_interruptible(guest: Guest, milliseconds: int) -> int:
    """`kernel/time/timer.c`: Sleep as `msleep()`; return 0, or at once the milliseconds that are left if a signal is
    pending.
    """
    if signals.pending(guest):
        return -(-(jiffies_of(guest, milliseconds, _MILLISECOND) + 1) * 1000 // guest.machine.tick)
    msleep(guest, milliseconds)
    return 0


@function("void usleep_range_state(unsigned long min, unsigned long max, unsigned int state)")
def usleep_range_state(guest: Guest, least: int, _most: int, _state: int) -> None:
    """`kernel/time/timer.c`: Sleep for `min` microseconds, the shortest time that is allowed."""
    guest.wait_until(lambda: False, least * _MICROSECOND)


@function("void __udelay(unsigned long usecs)")
def udelay(guest: Guest, microseconds: int) -> None:
    """`arch/x86/lib/delay.c`: Let microseconds pass without letting anybody else run."""
    guest.pass_time(microseconds * _MICROSECOND)


@function("void __ndelay(unsigned long nsecs)")
def ndelay(guest: Guest, nanoseconds: int) -> None:
    """`arch/x86/lib/delay.c`: Let nanoseconds pass without letting anybody else run."""
    guest.pass_time(nanoseconds)


@function("void __const_udelay(unsigned long xloops)")
def const_udelay(guest: Guest, loops: int) -> None:
    """`arch/x86/lib/delay.c`: Let a time pass that is given in 2^-32 seconds, without letting anybody else run."""
    guest.pass_time(loops * NANOSECONDS >> 32)


def asleep(guest: Guest) -> bool:
    """Return whether the current task still waits to be woken; a signal that may interrupt it wakes it."""
    if signals.pending(guest) and signals.breaks(state(guest)):
        tasks.set_state(guest, 0)
    return state(guest) != 0


def state(guest: Guest) -> int:
    """Return the state that the current task has set for itself."""
    return tasks.state_of(guest, tasks.current(guest))


@function("void schedule(void)", "void io_schedule(void)")
def schedule(guest: Guest) -> None:
    """`kernel/sched/core.c`: Wait until somebody wakes this task; one that has not said that it sleeps only lets
    others run for a tick.
    """
    if tasks.remember(guest, int(asleep(guest))):
        guest.wait_until(lambda: not asleep(guest), state=state(guest))
    else:
        guest.wait_until(lambda: False, tick(guest))
    tasks.forget(guest)


@function("long schedule_timeout(long timeout)", "long io_schedule_timeout(long timeout)")
def schedule_timeout(guest: Guest, timeout: int) -> int:
    """`kernel/time/timer.c`: Wait until the task is woken or so many ticks are over; return how many were left
    (`io_schedule_timeout()` is of `kernel/sched/core.c`).
    """
    if timeout == FOREVER:
        guest.wait_until(lambda: not asleep(guest), state=state(guest))
        return timeout
    started = tasks.remember(guest, guest.jiffies)
    guest.wait_until(lambda: not asleep(guest), after_jiffies(guest, timeout), state=state(guest))
    tasks.forget(guest)
    tasks.wake(guest, tasks.current(guest))
    return max(0, started + timeout - guest.jiffies)


@function("long schedule_timeout_interruptible(long timeout)", "long schedule_timeout_killable(long timeout)")
def schedule_timeout_interruptible(guest: Guest, timeout: int) -> int:
    """`kernel/time/timer.c`: Sleep for so many ticks and return 0; return them all at once if a signal is pending."""
    return timeout if signals.pending(guest) else schedule_timeout_uninterruptible(guest, timeout)


@function("long schedule_timeout_uninterruptible(long timeout)", "long schedule_timeout_idle(long timeout)")
def schedule_timeout_uninterruptible(guest: Guest, timeout: int) -> int:
    """`kernel/time/timer.c`: Sleep for so many ticks; return 0."""
    guest.wait_until(lambda: False, after_jiffies(guest, timeout))
    return 0


# Clocks.


@function(
    "ktime_t ktime_get(void)",
    "u64 ktime_get_mono_fast_ns(void)",
    "ktime_t ktime_get_raw(void)",
    "u64 ktime_get_raw_fast_ns(void)",
    "u64 ktime_get_boot_fast_ns(void)",
    "u64 sched_clock(void)",
)
def ktime_get(guest: Guest) -> int:
    """`kernel/time/timekeeping.c`: Return the nanoseconds since boot (`sched_clock()` is of
    `arch/x86/kernel/tsc.c`).
    """
    return guest.now


@function(
    "ktime_t ktime_get_with_offset(enum tk_offsets offs)", "ktime_t ktime_get_coarse_with_offset(enum tk_offsets o)"
)
def ktime_get_with_offset(guest: Guest, which: int) -> int:
    """`kernel/time/timekeeping.c`: Return the nanoseconds of a clock: 0 the calendar, 1 since boot, 2 the calendar
    without leap seconds (which nobody has set).
    """
    return guest.now + (0 if which == 1 else REAL_AT_BOOT)


@function("u64 ktime_get_real_fast_ns(void)", "u64 ktime_get_tai_fast_ns(void)")
def ktime_get_real_fast_ns(guest: Guest) -> int:
    """`kernel/time/timekeeping.c`: Return the calendar time in nanoseconds since 1970."""
    return REAL_AT_BOOT + guest.now


@function("time64_t ktime_get_seconds(void)")
def ktime_get_seconds(guest: Guest) -> int:
    """`kernel/time/timekeeping.c`: Return the seconds since boot."""
    return guest.now // NANOSECONDS


@function("time64_t ktime_get_real_seconds(void)")
def ktime_get_real_seconds(guest: Guest) -> int:
    """`kernel/time/timekeeping.c`: Return the calendar time in seconds since 1970."""
    return (REAL_AT_BOOT + guest.now) // NANOSECONDS


def _put(guest: Guest, place: int, nanoseconds: int) -> None:
    """Write a time as a `struct timespec64`: seconds and nanoseconds, eight bytes each."""
    row = view(guest, "timespec64", place)
    row.tv_sec, row.tv_nsec = divmod(nanoseconds, NANOSECONDS)


@function("void ktime_get_real_ts64(struct timespec64 *ts)", "void ktime_get_coarse_real_ts64(struct timespec64 *ts)")
def ktime_get_real_ts64(guest: Guest, place: int) -> None:
    """`kernel/time/timekeeping.c`: Write the calendar time since 1970 as a `struct timespec64`."""
    _put(guest, place, REAL_AT_BOOT + guest.now)


@function(
    "void ktime_get_ts64(struct timespec64 *ts)",
    "void ktime_get_coarse_ts64(struct timespec64 *ts)",
    "void ktime_get_raw_ts64(struct timespec64 *ts)",
)
def ktime_get_ts64(guest: Guest, place: int) -> None:
    """`kernel/time/timekeeping.c`: Write the time since boot as a `struct timespec64`."""
    _put(guest, place, guest.now)


# Units.


@function("unsigned long __msecs_to_jiffies(const unsigned int m)")
def msecs_to_jiffies(guest: Guest, milliseconds: int) -> int:
    """`kernel/time/time.c`: Return milliseconds as ticks, rounded up; a negative number is for ever."""
    return MAX_JIFFIES if milliseconds >> 31 else jiffies_of(guest, milliseconds, _MILLISECOND)


@function("unsigned long __usecs_to_jiffies(const unsigned int u)")
def usecs_to_jiffies(guest: Guest, microseconds: int) -> int:
    """`kernel/time/time.c`: Return microseconds as ticks, rounded up; more than jiffies_to_usecs(MAX_JIFFY_OFFSET),
    which is cut to 32 bits, is for ever.
    """
    most = MAX_JIFFIES * (tick(guest) // _MICROSECOND) & 0xFFFFFFFF
    return MAX_JIFFIES if microseconds > most else jiffies_of(guest, microseconds, _MICROSECOND)


@function("unsigned long nsecs_to_jiffies(u64 n)", "u64 nsecs_to_jiffies64(u64 n)")
def nsecs_to_jiffies(guest: Guest, nanoseconds: int) -> int:
    """`kernel/time/time.c`: Return nanoseconds as ticks, rounded down."""
    return nanoseconds // tick(guest)


@function("unsigned int jiffies_to_msecs(const unsigned long j)", "u64 jiffies64_to_msecs(u64 j)")
def jiffies_to_msecs(guest: Guest, count: int) -> int:
    """`kernel/time/time.c`: Return ticks as milliseconds, four for each."""
    return count * tick(guest) // _MILLISECOND


@function("unsigned int jiffies_to_usecs(const unsigned long j)")
def jiffies_to_usecs(guest: Guest, count: int) -> int:
    """`kernel/time/time.c`: Return ticks as microseconds, 4000 for each."""
    return count * tick(guest) // _MICROSECOND


@function("u64 jiffies64_to_nsecs(u64 j)")
def jiffies64_to_nsecs(guest: Guest, count: int) -> int:
    """`kernel/time/time.c`: Return ticks as nanoseconds, 4 000 000 for each."""
    return count * tick(guest)


@function("void jiffies_to_timespec64(const unsigned long jiffies, struct timespec64 *value)")
def jiffies_to_timespec64(guest: Guest, count: int, place: int) -> None:
    """`kernel/time/time.c`: Write ticks as a `struct timespec64`."""
    _put(guest, place, count * tick(guest))


def _round(guest: Guest, count: int, *, up: bool) -> int:
    """Return ticks rounded to a whole second; down only for less than a quarter of it, never into the past
    (`round_jiffies_common()`).
    """
    second = guest.machine.tick
    rest = count % second
    rounded = count - rest if rest < second // 4 and not up else count - rest + second
    return rounded if rounded > guest.jiffies else count


@function("unsigned long round_jiffies(unsigned long j)", "unsigned long round_jiffies_up(unsigned long j)")
def round_jiffies(guest: Guest, count: int) -> int:
    """`kernel/time/timer.c`: Return a time in ticks rounded to a whole second, without an offset, because this is the
    first processor.
    """
    return _round(guest, count, up=False)


@function(
    "unsigned long round_jiffies_relative(unsigned long j)", "unsigned long round_jiffies_up_relative(unsigned long j)"
)
def round_jiffies_relative(guest: Guest, count: int) -> int:
    """`kernel/time/timer.c`: Return a number of ticks from now on, rounded so that they end with a whole second."""
    return _round(guest, count + guest.jiffies, up=False) - guest.jiffies
