"""Time: jiffies, the clocks, and sleeping. Time is virtual: it passes when somebody waits for it.

From Linux 6.1: `kernel/time/timer.c: msleep()`, `kernel/time/timekeeping.c`, `arch/x86/lib/delay.c`.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable


@variable("jiffies", 8)
def jiffies(_guest: Guest, _address: int) -> None:
    """Ticks since five minutes before they overflow 32 bits; kept up to date as time passes."""


@function("void msleep(unsigned int msecs)")
def msleep(guest: Guest, milliseconds: int) -> None:
    """At least so long; the timer wheel adds a tick."""
    guest.pass_time(milliseconds * 1_000_000)


@function("unsigned long msleep_interruptible(unsigned int msecs)")
def msleep_interruptible(guest: Guest, milliseconds: int) -> int:
    """No signal ever comes."""
    guest.pass_time(milliseconds * 1_000_000)
    return 0
