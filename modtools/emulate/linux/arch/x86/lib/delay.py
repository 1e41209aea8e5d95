"""arch/x86/lib/delay.c: Delays that keep the processor busy."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks.clock import MICROSECOND, SECOND


@function("void __udelay(unsigned long usecs)")
def udelay(guest: Guest, microseconds: int) -> None:
    """Let microseconds pass while only interrupts come."""
    guest.scheduler.keep_busy(microseconds * MICROSECOND)


@function("void __ndelay(unsigned long nsecs)")
def ndelay(guest: Guest, nanoseconds: int) -> None:
    """Let nanoseconds pass while only interrupts come."""
    guest.scheduler.keep_busy(nanoseconds)


@function("void __const_udelay(unsigned long xloops)")
def const_udelay(guest: Guest, loops: int) -> None:
    """Let a time pass that is given in 2^-32 seconds, while only interrupts come."""
    guest.scheduler.keep_busy(loops * SECOND >> 32)
