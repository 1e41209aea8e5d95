"""Conversions between forms of time.

From Linux 6.1: `kernel/time/timeconv.c`, `kernel/time/time.c`. A `struct timespec64` is returned in two registers.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.processor import RDX
from modtools.emulate.registry import function
from modtools.emulate.structs import view
from modtools.integers import MASK64

_DAY, _SECOND = 86400, 1_000_000_000
_ERA = 146097
"""Days of four hundred years."""
_TICKS = 100
"""USER_HZ: clock ticks in a second as programs count them."""


def civil(days: int) -> tuple[int, int, int]:
    """Return year, month (1-12) and day of so many days after 1970, in the Gregorian calendar for all times."""
    era, day = divmod(days + 719468, _ERA)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    rest = day - (365 * year + year // 4 - year // 100)
    month = (5 * rest + 2) // 153
    return era * 400 + year + (month >= 10), (month + 2) % 12 + 1, rest - (153 * month + 2) // 5 + 1


def days_of(year: int, month: int, day: int) -> int:
    """Return the days from 1970 to a date; months and days may lie outside of their range."""
    year, month = year + (month - 3) // 12, (month - 3) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1 - 719468


@function("void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)")
def time64_to_tm(guest: Guest, seconds: int, offset: int, place: int) -> None:
    """`kernel/time/timeconv.c`: Write seconds since 1970 as a `struct tm`; `offset` is added, in seconds."""
    days, rest = divmod(seconds + offset, _DAY)
    year, month, day = civil(days)
    row = view(guest, "tm", place)
    row.tm_hour, row.tm_min, row.tm_sec = rest // 3600, rest // 60 % 60, rest % 60
    row.tm_year, row.tm_mon, row.tm_mday = year - 1900, month - 1, day
    row.tm_wday, row.tm_yday = (days + 4) % 7, days - days_of(year, 1, 1)


@function(
    "time64_t mktime64(const unsigned int year0, const unsigned int mon0, const unsigned int day,"
    " const unsigned int hour, const unsigned int min, const unsigned int sec)"
)
def mktime64(_guest: Guest, year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    """`kernel/time/time.c`: Return the seconds from 1970 to a date and time."""
    return ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second


@function("s64 ns_to_timespec64(s64 nsec)")
def ns_to_timespec64(guest: Guest, nanoseconds: int) -> int:
    """`kernel/time/time.c`: Return nanoseconds as a `struct timespec64` in RAX (seconds) and RDX (nanoseconds)."""
    seconds, guest.frame[RDX] = divmod(nanoseconds, _SECOND)
    return seconds


@function("void set_normalized_timespec64(struct timespec64 *ts, time64_t sec, s64 nsec)")
def set_normalized_timespec64(guest: Guest, place: int, seconds: int, nanoseconds: int) -> None:
    """`kernel/time/time.c`: Write seconds and nanoseconds as a `struct timespec64` whose nanoseconds are below a
    second.
    """
    more, rest = divmod(nanoseconds, _SECOND)
    row = view(guest, "timespec64", place)
    row.tv_sec, row.tv_nsec = seconds + more, rest


@function("u64 jiffies_64_to_clock_t(u64 x)", "long jiffies_to_clock_t(unsigned long x)")
def jiffies_to_clock(guest: Guest, count: int) -> int:
    """`kernel/time/time.c`: Return ticks of the kernel as hundredths of a second."""
    return (count * (_SECOND // guest.machine.tick) & MASK64) // (_SECOND // _TICKS)
