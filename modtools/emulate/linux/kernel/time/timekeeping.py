"""kernel/time/timekeeping.c: The clocks. Time is virtual: it passes when somebody waits for it."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks.clock import REAL_AT_BOOT, SECOND


@function("void getboottime64(struct timespec64 *ts)")
def getboottime64(guest: Guest, result: int) -> None:
    """Write the wall-clock time at which the kernel was booted."""
    row = view(guest, "timespec64", result)
    row.tv_sec, row.tv_nsec = divmod(REAL_AT_BOOT, SECOND)


@function(
    "ktime_t ktime_get(void)",
    "u64 ktime_get_mono_fast_ns(void)",
    "ktime_t ktime_get_raw(void)",
    "u64 ktime_get_raw_fast_ns(void)",
    "u64 ktime_get_boot_fast_ns(void)",
)
def ktime_get(guest: Guest) -> int:
    """Return the nanoseconds since boot."""
    return guest.now


@function(
    "ktime_t ktime_get_with_offset(enum tk_offsets offs)", "ktime_t ktime_get_coarse_with_offset(enum tk_offsets o)"
)
def ktime_get_with_offset(guest: Guest, which: int) -> int:
    """Return the nanoseconds of a clock: 0 the calendar, 1 since boot, 2 the calendar without leap seconds (which
    nobody has set).
    """
    return guest.now + (0 if which == 1 else REAL_AT_BOOT)


@function("u64 ktime_get_real_fast_ns(void)", "u64 ktime_get_tai_fast_ns(void)")
def ktime_get_real_fast_ns(guest: Guest) -> int:
    """Return the calendar time in nanoseconds since 1970."""
    return REAL_AT_BOOT + guest.now


@function("time64_t ktime_get_seconds(void)")
def ktime_get_seconds(guest: Guest) -> int:
    """Return the seconds since boot."""
    return guest.now // SECOND


@function("time64_t ktime_get_real_seconds(void)")
def ktime_get_real_seconds(guest: Guest) -> int:
    """Return the calendar time in seconds since 1970."""
    return (REAL_AT_BOOT + guest.now) // SECOND


def store_timespec(guest: Guest, place: int, nanoseconds: int) -> None:
    """Write a time as a `struct timespec64`: seconds and nanoseconds, eight bytes each."""
    row = view(guest, "timespec64", place)
    row.tv_sec, row.tv_nsec = divmod(nanoseconds, SECOND)


@function("void ktime_get_real_ts64(struct timespec64 *ts)", "void ktime_get_coarse_real_ts64(struct timespec64 *ts)")
def ktime_get_real_ts64(guest: Guest, place: int) -> None:
    """Write the calendar time since 1970 as a `struct timespec64`."""
    store_timespec(guest, place, REAL_AT_BOOT + guest.now)


@function(
    "void ktime_get_ts64(struct timespec64 *ts)",
    "void ktime_get_coarse_ts64(struct timespec64 *ts)",
    "void ktime_get_raw_ts64(struct timespec64 *ts)",
)
def ktime_get_ts64(guest: Guest, place: int) -> None:
    """Write the time since boot as a `struct timespec64`."""
    store_timespec(guest, place, guest.now)
