"""kernel/time/time.c: Units of time."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time import timekeeping
from modtools.emulate.linux.kernel.time.timeconv import days_of
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks.clock import MAX_JIFFIES, MICROSECOND, MILLISECOND, SECOND, jiffies_of, tick
from modtools.integers import MASK64


@variable("sys_tz", 8)
def sys_tz(_guest: Guest, _address: int) -> None:
    """Leave the time zone 0: nobody has called settimeofday()."""


@function("unsigned long __msecs_to_jiffies(const unsigned int m)")
def msecs_to_jiffies(guest: Guest, milliseconds: int) -> int:
    """Return milliseconds as ticks, rounded up; a negative number is for ever."""
    return MAX_JIFFIES if milliseconds >> 31 else jiffies_of(guest, milliseconds, MILLISECOND)


@function("unsigned long __usecs_to_jiffies(const unsigned int u)")
def usecs_to_jiffies(guest: Guest, microseconds: int) -> int:
    """Return microseconds as ticks, rounded up; more than jiffies_to_usecs(MAX_JIFFY_OFFSET), which is cut to 32 bits,
    is for ever.
    """
    most = MAX_JIFFIES * (tick(guest) // MICROSECOND) & 0xFFFFFFFF
    return MAX_JIFFIES if microseconds > most else jiffies_of(guest, microseconds, MICROSECOND)


@function("unsigned long nsecs_to_jiffies(u64 n)", "u64 nsecs_to_jiffies64(u64 n)")
def nsecs_to_jiffies(guest: Guest, nanoseconds: int) -> int:
    """Return nanoseconds as ticks, rounded down."""
    return nanoseconds // tick(guest)


@function("unsigned int jiffies_to_msecs(const unsigned long j)", "u64 jiffies64_to_msecs(u64 j)")
def jiffies_to_msecs(guest: Guest, count: int) -> int:
    """Return ticks as milliseconds, four for each."""
    return count * tick(guest) // MILLISECOND


@function("unsigned int jiffies_to_usecs(const unsigned long j)")
def jiffies_to_usecs(guest: Guest, count: int) -> int:
    """Return ticks as microseconds, 4000 for each."""
    return count * tick(guest) // MICROSECOND


@function("u64 jiffies64_to_nsecs(u64 j)")
def jiffies64_to_nsecs(guest: Guest, count: int) -> int:
    """Return ticks as nanoseconds, 4 000 000 for each."""
    return count * tick(guest)


@function("void jiffies_to_timespec64(const unsigned long jiffies, struct timespec64 *value)")
def jiffies_to_timespec64(guest: Guest, count: int, place: int) -> None:
    """Write ticks as a `struct timespec64`."""
    timekeeping.store_timespec(guest, place, count * tick(guest))


_TICKS = 100
"""USER_HZ: clock ticks in a second as programs count them."""


@function(
    "time64_t mktime64(const unsigned int year0, const unsigned int mon0, const unsigned int day,"
    " const unsigned int hour, const unsigned int min, const unsigned int sec)"
)
def mktime64(_guest: Guest, year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    """Return the seconds from 1970 to a date and time."""
    return ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second


@function("s64 ns_to_timespec64(s64 nsec)")
def ns_to_timespec64(guest: Guest, nanoseconds: int) -> int:
    """Return nanoseconds as a `struct timespec64`, seconds and nanoseconds."""
    return guest.pair(*divmod(nanoseconds, SECOND))


@function("void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)")
def set_normalized_timespec64(guest: Guest, place: int, seconds: int, nanoseconds: int) -> None:
    """Write seconds and nanoseconds as a `struct timespec64` whose nanoseconds are below a second."""
    more, rest = divmod(nanoseconds, SECOND)
    row = view(guest, "timespec64", place)
    row.tv_sec, row.tv_nsec = seconds + more, rest


@function("u64 jiffies_64_to_clock_t(u64 x)", "long jiffies_to_clock_t(unsigned long x)")
def jiffies_to_clock(guest: Guest, count: int) -> int:
    """Return ticks of the kernel as hundredths of a second."""
    return (count * (SECOND // guest.hardware.tick) & MASK64) // (SECOND // _TICKS)
