"""drivers/rtc/lib.c: Times of clocks, as year, month and day."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time.timeconv import break_down, days_of
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view

_DAY = 86400


@function("void rtc_time64_to_tm(time64_t time, struct rtc_time *tm)")
def rtc_time64_to_tm(guest: Guest, seconds: int, place: int) -> None:
    """Write seconds since 1970 as a `struct rtc_time`; the day of the year counts from 1."""
    row = view(guest, "rtc_time", place)
    break_down(row, seconds)
    row.tm_yday, row.tm_isdst = row.tm_yday + 1, 0


@function("time64_t rtc_tm_to_time64(struct rtc_time *tm)")
def rtc_tm_to_time64(guest: Guest, place: int) -> int:
    """Return the seconds since 1970 of a `struct rtc_time`."""
    row = view(guest, "rtc_time", place)
    days = days_of(row.tm_year + 1900, row.tm_mon + 1, row.tm_mday)
    return int(days * _DAY + row.tm_hour * 3600 + row.tm_min * 60 + row.tm_sec)
