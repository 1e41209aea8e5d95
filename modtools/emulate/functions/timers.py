"""Timers: `struct timer_list` on ticks and `struct hrtimer` on nanoseconds.

From Linux 6.1: `kernel/time/timer.c`, `kernel/time/hrtimer.c`. `entry.pprev` of a timer_list is not 0 while it is
pending, and `state` of an hrtimer is 1.
"""

from __future__ import annotations

from modtools.emulate.clock import FOREVER, NANOSECONDS, REAL_AT_BOOT, at_jiffy
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.structs import new, size_of, view

_RELATIVE = 1


@function("void init_timer_key(struct timer_list *t, void (*f)(void), unsigned int flags, const char *n, void *key)")
def init_timer(guest: Guest, timer: int, callback: int, flags: int, _name: int, _key: int) -> None:
    """`kernel/time/timer.c`: Initialise a timer that is not pending, with its function and flags."""
    row = view(guest, "timer_list", timer)
    row.entry.pprev, row.function, row.flags = 0, callback, flags


def pending(guest: Guest, timer: int) -> bool:
    """Return whether a timer is pending."""
    return timer in guest.table("timers")


def start(guest: Guest, timer: int, expires: int) -> None:
    """Let a timer expire when jiffies has this value, not before the next tick."""
    view(guest, "timer_list", timer).expires = expires
    due = max(at_jiffy(guest, expires), at_jiffy(guest, guest.jiffies + 1))
    guest.scheduler.start(timer, due)


@function("int mod_timer(struct timer_list *timer, unsigned long expires)")
def mod_timer(guest: Guest, timer: int, expires: int) -> bool:
    """`kernel/time/timer.c`: Start a timer anew; return 1 if it was pending. One that was shut down (no function)
    stays so.
    """
    was = pending(guest, timer)
    if view(guest, "timer_list", timer).function:
        start(guest, timer, expires)
    return was


@function("int mod_timer_pending(struct timer_list *timer, unsigned long expires)")
def mod_timer_pending(guest: Guest, timer: int, expires: int) -> bool:
    """`kernel/time/timer.c`: Change the time of a timer that is pending; return 1 if it was."""
    return pending(guest, timer) and bool(mod_timer(guest, timer, expires))


@function("int timer_reduce(struct timer_list *timer, unsigned long expires)")
def timer_reduce(guest: Guest, timer: int, expires: int) -> bool:
    """`kernel/time/timer.c`: Start a timer anew unless it expires earlier; return 1 if it was pending."""
    if pending(guest, timer) and view(guest, "timer_list", timer).expires <= expires:
        return True
    return bool(mod_timer(guest, timer, expires))


@function("void add_timer(struct timer_list *timer)")
def add_timer(guest: Guest, timer: int) -> None:
    """`kernel/time/timer.c`: Start a timer with the time that is in it."""
    mod_timer(guest, timer, view(guest, "timer_list", timer).expires)


@function("void add_timer_on(struct timer_list *timer, int cpu)")
def add_timer_on(guest: Guest, timer: int, _cpu: int) -> None:
    """`kernel/time/timer.c`: Start a timer with the time that is in it; there is only one processor."""
    add_timer(guest, timer)


@function(
    "int timer_delete(struct timer_list *timer)",
    "int timer_delete_sync(struct timer_list *timer)",
    "int try_to_del_timer_sync(struct timer_list *timer)",
    "int del_timer(struct timer_list *timer)",
    "int del_timer_sync(struct timer_list *timer)",
)
def timer_delete(guest: Guest, timer: int) -> int:
    """`kernel/time/timer.c`: Delete a timer; return 1 if it was pending. Its function never runs meanwhile."""
    if guest.table("timers").pop(timer, None) is None:
        return 0
    view(guest, "timer_list", timer).entry.pprev = 0
    return 1


@function("int timer_shutdown(struct timer_list *timer)", "int timer_shutdown_sync(struct timer_list *timer)")
def timer_shutdown(guest: Guest, timer: int) -> int:
    """`kernel/time/timer.c`: Delete a timer and refuse to arm it again; return 1 if it was pending."""
    was = timer_delete(guest, timer)
    view(guest, "timer_list", timer).function = 0
    return int(was)


# hrtimers


@variable("hrtimer_resolution", 4)
def hrtimer_resolution(guest: Guest, address: int) -> None:
    """`kernel/time/hrtimer.c`: Store the resolution in nanoseconds: 1."""
    guest.memory.put(address, 1, 4)


def _base(guest: Guest, clock: int) -> int:
    """Return the `struct hrtimer_clock_base` of a clock, of which modules use only get_time; make it at first use."""
    bases = guest.table("hrtimer_bases")
    if clock not in bases:
        row = new(guest, "hrtimer_clock_base")
        row.clockid = clock
        row.get_time = guest.address_of("ktime_get" if clock else "ktime_get_real_fast_ns")
        bases[clock] = row.address()
    base: int = bases[clock]
    return base


@function("void hrtimer_init(struct hrtimer *timer, int clock_id, enum hrtimer_mode mode)")
def hrtimer_init(guest: Guest, timer: int, clock: int, _mode: int) -> None:
    """`kernel/time/hrtimer.c`: Initialise a timer with zeros, on the base of its clock (0 is the calendar)."""
    guest.memory.write(timer, bytes(size_of("hrtimer")))
    row = view(guest, "hrtimer", timer)
    guest.memory.put(row.node.address("node"), row.node.address("node"), 8)  # an empty node points to itself
    row.base = _base(guest, clock)


def _of_calendar(guest: Guest, timer: int) -> int:
    """Return what to subtract from a timer's time to get nanoseconds since boot."""
    return 0 if view(guest, "hrtimer_clock_base", view(guest, "hrtimer", timer).base).clockid else REAL_AT_BOOT


@function("void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 delta_ns, const enum hrtimer_mode mode)")
def hrtimer_start(guest: Guest, timer: int, time: int, slack: int, mode: int) -> None:
    """`kernel/time/hrtimer.c`: Start a timer at a time, or (mode 1) that long from now. It expires at the earliest
    time that the slack allows.
    """
    if mode & _RELATIVE:
        time += guest.now + _of_calendar(guest, timer)
    row = view(guest, "hrtimer", timer)
    row._softexpires = time
    row.node.expires = min(time + slack, FOREVER)
    guest.scheduler.start_precise(timer, time - _of_calendar(guest, timer))


@function("int hrtimer_cancel(struct hrtimer *timer)", "int hrtimer_try_to_cancel(struct hrtimer *timer)")
def hrtimer_cancel(guest: Guest, timer: int) -> int:
    """`kernel/time/hrtimer.c`: Delete a timer; return 1 if it was pending."""
    view(guest, "hrtimer", timer).state = 0
    return int(guest.table("hrtimers").pop(timer, None) is not None)


@function("bool hrtimer_active(const struct hrtimer *timer)")
def hrtimer_active(guest: Guest, timer: int) -> bool:
    """`kernel/time/hrtimer.c`: Return whether a timer is pending."""
    return timer in guest.table("hrtimers")


@function("ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)")
def hrtimer_get_remaining(guest: Guest, timer: int, _adjust: int) -> int:
    """`kernel/time/hrtimer.c`: Return the nanoseconds until a timer expires."""
    return int(view(guest, "hrtimer", timer).node.expires) - guest.now - _of_calendar(guest, timer)


@function("u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)")
def hrtimer_forward(guest: Guest, timer: int, now: int, interval: int) -> int:
    """`kernel/time/hrtimer.c`: Move the time of a timer that is not pending behind `now` by whole intervals; return
    how many.
    """
    row = view(guest, "hrtimer", timer)
    expires: int = row.node.expires
    if now < expires or timer in guest.table("hrtimers"):
        return 0
    interval = max(interval, 1)
    count = (now - expires) // interval + 1
    row.node.expires += count * interval
    row._softexpires += count * interval
    return count


@function("int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)")
def schedule_hrtimeout(guest: Guest, expires: int, mode: int) -> int:
    """`kernel/time/hrtimer.c`: Sleep until a time, or (mode 1) that long; return 0 when it is over, -EINTR when woken
    before.
    """
    from modtools.emulate.functions.time import asleep, state
    from modtools.linuxerrno import EINTR

    time = guest.memory.u64(expires) if expires else 3600 * NANOSECONDS
    wait = time if mode & _RELATIVE else max(0, time - guest.now)
    came = guest.wait_until(lambda: not asleep(guest), wait, state=state(guest))
    return -EINTR if came or not asleep(guest) else 0
