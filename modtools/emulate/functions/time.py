"""Time: jiffies, the clocks, and sleeping. Time is virtual: it passes when somebody waits for it.

From Linux 6.1: `kernel/time/timer.c: msleep(), schedule_timeout()`, `kernel/time/timekeeping.c`, `kernel/time/time.c`,
`arch/x86/lib/delay.c`.
"""

from __future__ import annotations

from modtools.emulate import signals, tasks
from modtools.emulate.clock import FOREVER, MAX_JIFFIES, NANOSECONDS, REAL_AT_BOOT, after_jiffies, jiffies_of, tick
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable

_MILLISECOND, _MICROSECOND = 1_000_000, 1_000


@variable("jiffies", 8)
@variable("jiffies_64", 8)
def jiffies(_guest: Guest, _address: int) -> None:
    """Ticks since five minutes before they overflow 32 bits; kept up to date as time passes."""


@function("u64 get_jiffies_64(void)")
def get_jiffies_64(guest: Guest) -> int:
    """The same."""
    return guest.jiffies


# Sleeping.


@function("void msleep(unsigned int msecs)")
def msleep(guest: Guest, milliseconds: int) -> None:
    """At least so long; a tick more, for the first one may come at once."""
    ticks = jiffies_of(guest, milliseconds, _MILLISECOND) + 1
    guest.wait_until(lambda: False, after_jiffies(guest, ticks))


@function("unsigned long msleep_interruptible(unsigned int msecs)")
def msleep_interruptible(guest: Guest, milliseconds: int) -> int:
    """How much of it was left when a signal came."""
    if signals.pending(guest):
        return -(-(jiffies_of(guest, milliseconds, _MILLISECOND) + 1) * 1000 // guest.machine.tick)
    msleep(guest, milliseconds)
    return 0


@function("void usleep_range_state(unsigned long min, unsigned long max, unsigned int state)")
def usleep_range_state(guest: Guest, least: int, _most: int, _state: int) -> None:
    """As short as is allowed."""
    guest.wait_until(lambda: False, least * _MICROSECOND)


@function("void __udelay(unsigned long usecs)")
def udelay(guest: Guest, microseconds: int) -> None:
    """Busy, so that nobody else runs."""
    guest.pass_time(microseconds * _MICROSECOND)


@function("void __ndelay(unsigned long nsecs)")
def ndelay(guest: Guest, nanoseconds: int) -> None:
    """The same."""
    guest.pass_time(nanoseconds)


@function("void __const_udelay(unsigned long xloops)")
def const_udelay(guest: Guest, loops: int) -> None:
    """The argument is in 2^-32 seconds."""
    guest.pass_time(loops * NANOSECONDS >> 32)


def asleep(guest: Guest) -> bool:
    """Whether the current task still waits to be woken; not if a signal is enough for that."""
    if signals.pending(guest) and signals.breaks(state(guest)):
        tasks.set_state(guest, 0)
    return state(guest) != 0


def state(guest: Guest) -> int:
    """What the current task says of itself."""
    return tasks.state_of(guest, tasks.current(guest))


@function("void schedule(void)", "void io_schedule(void)")
def schedule(guest: Guest) -> None:
    """Until somebody wakes this task; one that has not said that it sleeps only lets others run."""
    if tasks.remember(guest, int(asleep(guest))):
        guest.wait_until(lambda: not asleep(guest), state=state(guest))
    else:
        guest.wait_until(lambda: False, tick(guest))
    tasks.forget(guest)


@function("long schedule_timeout(long timeout)", "long io_schedule_timeout(long timeout)")
def schedule_timeout(guest: Guest, timeout: int) -> int:
    """Until the task is woken or so many ticks are over; how many were left."""
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
    """Asleep unless a signal has come."""
    return timeout if signals.pending(guest) else schedule_timeout_uninterruptible(guest, timeout)


@function("long schedule_timeout_uninterruptible(long timeout)", "long schedule_timeout_idle(long timeout)")
def schedule_timeout_uninterruptible(guest: Guest, timeout: int) -> int:
    """Asleep for the whole time."""
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
    """Nanoseconds since boot."""
    return guest.now


@function(
    "ktime_t ktime_get_with_offset(enum tk_offsets offs)", "ktime_t ktime_get_coarse_with_offset(enum tk_offsets o)"
)
def ktime_get_with_offset(guest: Guest, which: int) -> int:
    """0 the calendar, 1 since boot, 2 the calendar without leap seconds (which nobody has set)."""
    return guest.now + (0 if which == 1 else REAL_AT_BOOT)


@function("u64 ktime_get_real_fast_ns(void)", "u64 ktime_get_tai_fast_ns(void)")
def ktime_get_real_fast_ns(guest: Guest) -> int:
    """The calendar in nanoseconds."""
    return REAL_AT_BOOT + guest.now


@function("time64_t ktime_get_seconds(void)")
def ktime_get_seconds(guest: Guest) -> int:
    """Seconds since boot."""
    return guest.now // NANOSECONDS


@function("time64_t ktime_get_real_seconds(void)")
def ktime_get_real_seconds(guest: Guest) -> int:
    """The calendar in seconds."""
    return (REAL_AT_BOOT + guest.now) // NANOSECONDS


def _put(guest: Guest, place: int, nanoseconds: int) -> None:
    """`struct timespec64`: seconds and nanoseconds, eight bytes each."""
    guest.memory.put(place, nanoseconds // NANOSECONDS, 8)
    guest.memory.put(place + 8, nanoseconds % NANOSECONDS, 8)


@function("void ktime_get_real_ts64(struct timespec64 *ts)", "void ktime_get_coarse_real_ts64(struct timespec64 *ts)")
def ktime_get_real_ts64(guest: Guest, place: int) -> None:
    """The calendar."""
    _put(guest, place, REAL_AT_BOOT + guest.now)


@function(
    "void ktime_get_ts64(struct timespec64 *ts)",
    "void ktime_get_coarse_ts64(struct timespec64 *ts)",
    "void ktime_get_raw_ts64(struct timespec64 *ts)",
)
def ktime_get_ts64(guest: Guest, place: int) -> None:
    """Since boot."""
    _put(guest, place, guest.now)


# Units.


@function("unsigned long __msecs_to_jiffies(const unsigned int m)")
def msecs_to_jiffies(guest: Guest, milliseconds: int) -> int:
    """Rounded up; a negative number is for ever."""
    return MAX_JIFFIES if milliseconds >> 31 else jiffies_of(guest, milliseconds, _MILLISECOND)


@function("unsigned long __usecs_to_jiffies(const unsigned int u)")
def usecs_to_jiffies(guest: Guest, microseconds: int) -> int:
    """Rounded up."""
    return jiffies_of(guest, microseconds, _MICROSECOND)


@function("unsigned long nsecs_to_jiffies(u64 n)", "u64 nsecs_to_jiffies64(u64 n)")
def nsecs_to_jiffies(guest: Guest, nanoseconds: int) -> int:
    """Rounded down."""
    return nanoseconds // tick(guest)


@function("unsigned int jiffies_to_msecs(const unsigned long j)", "u64 jiffies64_to_msecs(u64 j)")
def jiffies_to_msecs(guest: Guest, count: int) -> int:
    """Four in a tick."""
    return count * tick(guest) // _MILLISECOND


@function("unsigned int jiffies_to_usecs(const unsigned long j)")
def jiffies_to_usecs(guest: Guest, count: int) -> int:
    """4000 in a tick."""
    return count * tick(guest) // _MICROSECOND


@function("u64 jiffies64_to_nsecs(u64 j)")
def jiffies64_to_nsecs(guest: Guest, count: int) -> int:
    """4 000 000 in a tick."""
    return count * tick(guest)


@function("void jiffies_to_timespec64(const unsigned long jiffies, struct timespec64 *value)")
def jiffies_to_timespec64(guest: Guest, count: int, place: int) -> None:
    """The same, in parts."""
    _put(guest, place, count * tick(guest))


def _round(guest: Guest, count: int, *, up: bool) -> int:
    """To a whole second; down only for less than a quarter of it (`round_jiffies_common()`), never into the past."""
    second = guest.machine.tick
    rest = count % second
    rounded = count - rest if rest < second // 4 and not up else count - rest + second
    return rounded if rounded > guest.jiffies else count


@function("unsigned long round_jiffies(unsigned long j)", "unsigned long round_jiffies_up(unsigned long j)")
def round_jiffies(guest: Guest, count: int) -> int:
    """Of the first processor, so without an offset."""
    return _round(guest, count, up=False)


@function(
    "unsigned long round_jiffies_relative(unsigned long j)", "unsigned long round_jiffies_up_relative(unsigned long j)"
)
def round_jiffies_relative(guest: Guest, count: int) -> int:
    """From now on."""
    return _round(guest, count + guest.jiffies, up=False) - guest.jiffies
