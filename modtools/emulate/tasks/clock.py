"""Units of time: ticks (jiffies), nanoseconds since boot, and the calendar.

From Linux 6.1: `include/linux/jiffies.h`, `kernel/time/time.c`, `kernel/time/jiffies.c` with CONFIG_HZ=250.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols.addresses import JIFFIES_AT_BOOT
from modtools.integers import signed

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SECOND, MILLISECOND, MICROSECOND = 1_000_000_000, 1_000_000, 1_000
"""Each in nanoseconds."""
REAL_AT_BOOT = 1_767_225_600 * SECOND
"""The calendar's time at boot, the beginning of 2026, so that every run says the same."""
FOREVER = (1 << 63) - 1
"""The longest time, which waits for ever: MAX_SCHEDULE_TIMEOUT and KTIME_MAX."""
_LEVELS, _LEVEL, _LEVEL_BITS = 9, 63, 3
"""The wheel of timers: its levels with CONFIG_HZ above 100, ticks of the first one, bits by which a level is longer."""
_SERIAL_BITS = 48
MAX_JIFFIES = (FOREVER >> 1) - 1
"""MAX_JIFFY_OFFSET: what conversions give for more than they can hold."""


def tick(guest: Guest) -> int:
    """Return how many nanoseconds one jiffy lasts."""
    return SECOND // guest.hardware.tick


def at_jiffy(guest: Guest, jiffies: int) -> int:
    """Return when `jiffies` will have this value, in nanoseconds since boot; now for one that has passed."""
    ahead = signed(jiffies - guest.jiffies)
    return (guest.jiffies + ahead - JIFFIES_AT_BOOT) * tick(guest) if ahead > 0 else guest.now


def after_jiffies(guest: Guest, count: int) -> int:
    """Return the nanoseconds from now until a timer runs that is set to expire after so many ticks."""
    return due(guest, guest.jiffies + count) - guest.now


def due(guest: Guest, expires: int) -> int:
    """Return when a timer runs that is set to expire when jiffies has this value, in nanoseconds since boot.

    A timer waits in a wheel of levels (`kernel/time/timer.c: calc_wheel_index()`): each holds eight times as much as
    the one below, in steps eight times as long. Its time is rounded up to the next step, so it is never early, and one
    jiffy late at least; what has expired already runs at the next tick. The wheel has come to the next jiffy where a
    timer has run in this one (`turn()`).
    """
    reached = max(guest.jiffies, int(guest.table("serial").get("wheel", 0)))
    ahead = signed(expires - reached)
    if ahead < 0:
        return at_jiffy(guest, max(reached, guest.jiffies + 1))
    bits = _LEVEL_BITS * _level(ahead)
    return at_jiffy(guest, (expires + (1 << bits)) >> bits << bits)


def _level(ahead: int) -> int:
    """Return the level of the wheel that holds a timer so many ticks ahead."""
    levels = (level for level in range(_LEVELS - 1) if ahead < _LEVEL << _LEVEL_BITS * level)
    return next(levels, _LEVELS - 1)


def rank(guest: Guest, time: int, serial: int) -> int:
    """Return the place, the lowest one first, of the timer with this number among all that run at the same time.

    In the wheel timers of higher levels run first, and in a step the one that was set last (`expire_timers()`). A time
    between two ticks is none of the wheel: there the one that was set first runs first.
    """
    if time % tick(guest):
        return serial
    ahead = (time - guest.now) // tick(guest)
    return -(_level(ahead) << _SERIAL_BITS) - serial


def turn(guest: Guest) -> None:
    """Note that timers run now, so that the wheel has come to the next jiffy."""
    guest.table("serial")["wheel"] = guest.jiffies + 1


def jiffies_of(guest: Guest, amount: int, unit: int) -> int:
    """Return the ticks for an amount of units of so many nanoseconds, rounded up."""
    return min(-(-amount * unit // tick(guest)), MAX_JIFFIES)
