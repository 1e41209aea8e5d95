"""kernel/time/timeconv.c: Dates out of seconds since 1970."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view

_DAY = 86400
_ERA = 146097
"""Days of four hundred years."""


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


def break_down(row: View, seconds: int) -> None:
    """Write seconds since 1970 into the fields that a `struct tm` and a `struct rtc_time` have alike; the day of the
    year counts from 0.
    """
    days, rest = divmod(seconds, _DAY)
    year, month, day = civil(days)
    row.tm_hour, row.tm_min, row.tm_sec = rest // 3600, rest // 60 % 60, rest % 60
    row.tm_year, row.tm_mon, row.tm_mday = year - 1900, month - 1, day
    row.tm_wday, row.tm_yday = (days + 4) % 7, days - days_of(year, 1, 1)


@function("void time64_to_tm(time64_t totalsecs, int offset, struct tm *result)")
def time64_to_tm(guest: Guest, seconds: int, offset: int, place: int) -> None:
    """Write seconds since 1970 as a `struct tm`; `offset` is added, in seconds."""
    break_down(view(guest, "tm", place), seconds + offset)
