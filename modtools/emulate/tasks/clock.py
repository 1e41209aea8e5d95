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
    """Return the nanoseconds from now until so many ticks have come."""
    return max(0, at_jiffy(guest, guest.jiffies + count) - guest.now)


def jiffies_of(guest: Guest, amount: int, unit: int) -> int:
    """Return the ticks for an amount of units of so many nanoseconds, rounded up."""
    return min(-(-amount * unit // tick(guest)), MAX_JIFFIES)
