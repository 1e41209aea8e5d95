"""kernel/time/timer.c: Timers on ticks, and sleeping.

`entry.pprev` of a timer_list is not 0 while it is pending.
"""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time.jiffies import jiffies
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import signals, threads
from modtools.emulate.tasks.clock import FOREVER, MICROSECOND, MILLISECOND, after_jiffies, due, jiffies_of


def _sleep(guest: Guest, nanoseconds: int) -> None:
    """Sleep so long, whoever wakes the task; it runs again then, whatever state it had before."""
    guest.wait_until(lambda: False, nanoseconds)
    threads.set_state(guest, 0)


@function("void msleep(unsigned int msecs)")
def msleep(guest: Guest, milliseconds: int) -> None:
    """Sleep at least so long; a tick more, because the first one may come at once."""
    _sleep(guest, after_jiffies(guest, jiffies_of(guest, milliseconds, MILLISECOND) + 1))


@function("unsigned long msleep_interruptible(unsigned int msecs)")
def msleep_interruptible(guest: Guest, milliseconds: int) -> int:
    """Sleep as `msleep()`; return 0, or at once the milliseconds that are left if a signal is pending."""
    if signals.pending(guest):
        return -(-(jiffies_of(guest, milliseconds, MILLISECOND) + 1) * 1000 // guest.hardware.tick)
    msleep(guest, milliseconds)
    return 0


@function("void usleep_range_state(unsigned long min, unsigned long max, unsigned int state)")
def usleep_range_state(guest: Guest, least: int, _most: int, _state: int) -> None:
    """Sleep for `min` microseconds, the shortest time that is allowed."""
    _sleep(guest, least * MICROSECOND)


@function("long schedule_timeout(long timeout)")
def schedule_timeout(guest: Guest, timeout: int) -> int:
    """Wait until the task is woken or so many ticks are over; return how many were left (`io_schedule_timeout()` is of
    `kernel/sched/core.c`).
    """
    if timeout == FOREVER:
        guest.wait_until(lambda: not signals.asleep(guest), state=signals.state(guest))
        return timeout
    started = threads.remember(guest, guest.jiffies)
    guest.wait_until(lambda: not signals.asleep(guest), after_jiffies(guest, timeout), state=signals.state(guest))
    threads.forget(guest)
    threads.wake(guest, threads.current(guest))
    return max(0, started + timeout - guest.jiffies)


def _sleep_as(guest: Guest, state: int, timeout: int) -> int:
    """Set the state of the current task and do as `schedule_timeout()`: whoever wakes the task ends this."""
    if not threads.remembered(guest):
        threads.set_state(guest, state)
    threads.remember(guest, guest.jiffies)
    left: int = schedule_timeout(guest, timeout)
    threads.forget(guest)
    return left


@function("long schedule_timeout_interruptible(long timeout)")
def schedule_timeout_interruptible(guest: Guest, timeout: int) -> int:
    """Sleep for so many ticks, or until somebody or a signal wakes the task; return how many were left."""
    return _sleep_as(guest, signals.INTERRUPTIBLE, timeout)


@function("long schedule_timeout_killable(long timeout)")
def schedule_timeout_killable(guest: Guest, timeout: int) -> int:
    """Sleep for so many ticks, or until somebody or a signal that kills wakes the task; return how many were left."""
    return _sleep_as(guest, signals.KILLABLE, timeout)


@function("long schedule_timeout_uninterruptible(long timeout)", "long schedule_timeout_idle(long timeout)")
def schedule_timeout_uninterruptible(guest: Guest, timeout: int) -> int:
    """Sleep for so many ticks, or until somebody wakes the task; return how many were left."""
    return _sleep_as(guest, signals.UNINTERRUPTIBLE, timeout)


def _round(guest: Guest, count: int, *, up: bool) -> int:
    """Return ticks rounded to a whole second; down only for less than a quarter of it, never into the past
    (`round_jiffies_common()`).
    """
    second = guest.hardware.tick
    rest = count % second
    rounded = count - rest if rest < second // 4 and not up else count - rest + second
    return rounded if rounded > guest.jiffies else count


@function("unsigned long round_jiffies(unsigned long j)")
def round_jiffies(guest: Guest, count: int) -> int:
    """Return a time in ticks rounded to a whole second, without an offset, because this is the first processor."""
    return _round(guest, count, up=False)


@function("unsigned long round_jiffies_up(unsigned long j)")
def round_jiffies_up(guest: Guest, count: int) -> int:
    """Return a time in ticks rounded up to a whole second: the next one, also for one that is whole."""
    return _round(guest, count, up=True)


@function("unsigned long round_jiffies_relative(unsigned long j)")
def round_jiffies_relative(guest: Guest, count: int) -> int:
    """Return a number of ticks from now on, rounded so that they end with a whole second."""
    return _round(guest, count + guest.jiffies, up=False) - guest.jiffies


@function("unsigned long round_jiffies_up_relative(unsigned long j)")
def round_jiffies_up_relative(guest: Guest, count: int) -> int:
    """Return a number of ticks from now on, rounded up so that they end with a whole second."""
    return _round(guest, count + guest.jiffies, up=True) - guest.jiffies


@function("void init_timer_key(struct timer_list *t, void (*f)(void), unsigned int flags, const char *n, void *key)")
def init_timer(guest: Guest, timer: int, callback: int, flags: int, _name: int, _key: int) -> None:
    """Initialise a timer that is not pending, with its function and flags."""
    row = view(guest, "timer_list", timer)
    row.entry.pprev, row.function, row.flags = 0, callback, flags


def pending(guest: Guest, timer: int) -> bool:
    """Return whether a timer is pending."""
    return timer in guest.table("timers")


def start(guest: Guest, timer: int, expires: int) -> None:
    """Let a timer expire when jiffies has this value, and run in the next step of the wheel."""
    view(guest, "timer_list", timer).expires = expires
    guest.scheduler.start(timer, due(guest, expires))


@function("int mod_timer(struct timer_list *timer, unsigned long expires)")
def mod_timer(guest: Guest, timer: int, expires: int) -> bool:
    """Start a timer anew; return 1 if it was pending. One that was shut down (no function) stays so."""
    was = pending(guest, timer)
    if view(guest, "timer_list", timer).function:
        start(guest, timer, expires)
    return was


@function("int mod_timer_pending(struct timer_list *timer, unsigned long expires)")
def mod_timer_pending(guest: Guest, timer: int, expires: int) -> bool:
    """Change the time of a timer that is pending; return 1 if it was."""
    return pending(guest, timer) and bool(mod_timer(guest, timer, expires))


@function("int timer_reduce(struct timer_list *timer, unsigned long expires)")
def timer_reduce(guest: Guest, timer: int, expires: int) -> bool:
    """Start a timer anew unless it expires earlier; return 1 if it was pending."""
    if pending(guest, timer) and view(guest, "timer_list", timer).expires <= expires:
        return True
    return bool(mod_timer(guest, timer, expires))


@function("void add_timer(struct timer_list *timer)")
def add_timer(guest: Guest, timer: int) -> None:
    """Start a timer with the time that is in it."""
    mod_timer(guest, timer, view(guest, "timer_list", timer).expires)


@function("void add_timer_on(struct timer_list *timer, int cpu)")
def add_timer_on(guest: Guest, timer: int, _cpu: int) -> None:
    """Start a timer with the time that is in it; there is only one processor."""
    add_timer(guest, timer)


_IRQSAFE = 1 << 21
"""TIMER_IRQSAFE: its function runs with interrupts disabled, so that interrupts may wait for it."""


@function("int timer_delete_sync(struct timer_list *timer)", "int del_timer_sync(struct timer_list *timer)")
def timer_delete_sync(guest: Guest, timer: int) -> int:
    """Delete a timer; return 1 if it was pending. Warn of a caller in a hard interrupt, which might wait for itself."""
    if guest.scheduler.in_hard_interrupt and not view(guest, "timer_list", timer).flags & _IRQSAFE:
        report_kernel_warning(guest, "__timer_delete_sync")
    return int(timer_delete(guest, timer))


@function(
    "int timer_delete(struct timer_list *timer)",
    "int try_to_del_timer_sync(struct timer_list *timer)",
    "int del_timer(struct timer_list *timer)",
)
def timer_delete(guest: Guest, timer: int) -> int:
    """Delete a timer; return 1 if it was pending. Its function never runs meanwhile."""
    if guest.table("timers").pop(timer, None) is None:
        return 0
    view(guest, "timer_list", timer).entry.pprev = 0
    return 1


@function("int timer_shutdown(struct timer_list *timer)", "int timer_shutdown_sync(struct timer_list *timer)")
def timer_shutdown(guest: Guest, timer: int) -> int:
    """Delete a timer and refuse to arm it again; return 1 if it was pending."""
    was = timer_delete(guest, timer)
    view(guest, "timer_list", timer).function = 0
    return int(was)


variable("jiffies_64", 8)(jiffies)
