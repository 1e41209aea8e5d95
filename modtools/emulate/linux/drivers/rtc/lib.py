"""drivers/rtc/lib.c: Times of clocks, as year, month and day."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time.timeconv import civil, days_of
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

_DAY = 86400


@function("void rtc_time64_to_tm(time64_t time, struct rtc_time *tm)")
def rtc_time64_to_tm(guest: Guest, seconds: int, place: int) -> None:
    """Write seconds since 1970 as a `struct rtc_time`; the day of the year counts from 1."""
    days, rest = divmod(seconds, _DAY)
    year, month, day = civil(days)
    row = view(guest, "rtc_time", place)
    row.tm_hour, row.tm_min, row.tm_sec = rest // 3600, rest // 60 % 60, rest % 60
    row.tm_year, row.tm_mon, row.tm_mday = year - 1900, month - 1, day
    row.tm_wday, row.tm_yday, row.tm_isdst = (days + 4) % 7, days - days_of(year, 1, 1) + 1, 0


@function("time64_t rtc_tm_to_time64(struct rtc_time *tm)")
def rtc_tm_to_time64(guest: Guest, place: int) -> int:
    """Return the seconds since 1970 of a `struct rtc_time`."""
    row = view(guest, "rtc_time", place)
    days = days_of(row.tm_year + 1900, row.tm_mon + 1, row.tm_mday)
    return int(days * _DAY + row.tm_hour * 3600 + row.tm_min * 60 + row.tm_sec)
