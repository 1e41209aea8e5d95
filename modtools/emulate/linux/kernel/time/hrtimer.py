"""kernel/time/hrtimer.c: Timers on nanoseconds.

`state` of an hrtimer is 1 while it is pending.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import new, size_of, view
from modtools.emulate.tasks import threads
from modtools.emulate.tasks.clock import FOREVER, REAL_AT_BOOT
from modtools.emulate.tasks.signals import asleep, state
from modtools.linuxerrno import EINTR

_RELATIVE, _SOFT = 1, 4


@variable("hrtimer_resolution", 4)
def hrtimer_resolution(guest: Guest, address: int) -> None:
    """Store the resolution in nanoseconds: 1."""
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
def hrtimer_init(guest: Guest, timer: int, clock: int, mode: int) -> None:
    """Initialise a timer with zeros, on the base of its clock (0 is the calendar). A soft one expires in a softirq."""
    guest.memory.write(timer, bytes(size_of(guest, "hrtimer")))
    row = view(guest, "hrtimer", timer)
    guest.memory.put(row.node.address("node"), row.node.address("node"), 8)  # an empty node points to itself
    row.base = _base(guest, clock)
    row.is_soft = int(bool(mode & _SOFT))


@function(
    "void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *), clockid_t clock_id,"
    " enum hrtimer_mode mode)"
)
def hrtimer_setup(guest: Guest, timer: int, function: int, clock: int, mode: int) -> None:
    """Initialise a timer as `hrtimer_init()`, with what is called when it expires."""
    hrtimer_init(guest, timer, clock, mode)
    view(guest, "hrtimer", timer).function = function


def _of_calendar(guest: Guest, timer: int) -> int:
    """Return what to subtract from a timer's time to get nanoseconds since boot."""
    return 0 if view(guest, "hrtimer_clock_base", view(guest, "hrtimer", timer).base).clockid else REAL_AT_BOOT


@function("void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 delta_ns, const enum hrtimer_mode mode)")
def hrtimer_start(guest: Guest, timer: int, time: int, slack: int, mode: int) -> None:
    """Start a timer at a time, or (mode 1) that long from now. It expires at the earliest time that the slack
    allows.
    """
    if mode & _RELATIVE:
        time += guest.now + _of_calendar(guest, timer)
    row = view(guest, "hrtimer", timer)
    row._softexpires = time
    row.node.expires = min(time + slack, FOREVER)
    guest.scheduler.start_precise(timer, time - _of_calendar(guest, timer))


@function("int hrtimer_cancel(struct hrtimer *timer)", "int hrtimer_try_to_cancel(struct hrtimer *timer)")
def hrtimer_cancel(guest: Guest, timer: int) -> int:
    """Delete a timer; return 1 if it was pending."""
    view(guest, "hrtimer", timer).state = 0
    return int(guest.table("hrtimers").pop(timer, None) is not None)


@function("bool hrtimer_active(const struct hrtimer *timer)")
def hrtimer_active(guest: Guest, timer: int) -> bool:
    """Return whether a timer is pending."""
    return timer in guest.table("hrtimers")


@function("ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)")
def hrtimer_get_remaining(guest: Guest, timer: int, _adjust: int) -> int:
    """Return the nanoseconds until a timer expires."""
    return int(view(guest, "hrtimer", timer).node.expires) - guest.now - _of_calendar(guest, timer)


@function("u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)")
def hrtimer_forward(guest: Guest, timer: int, now: int, interval: int) -> int:
    """Move the time of a timer that is not pending behind `now` by whole intervals; return how many."""
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
    """Sleep until a time, or (mode 1) that long; return 0 when it is over, -EINTR when woken before. NULL is for ever,
    and for a time of 0 nobody sleeps.
    """
    time = guest.memory.u64(expires) if expires else None
    wait = time if time is None or mode & _RELATIVE else max(0, time - guest.now)
    came = guest.wait_until(lambda: not asleep(guest), wait, state=state(guest))
    threads.set_state(guest, 0)
    return -EINTR if came and time != 0 else 0
