"""arch/x86/lib/delay.c: Delays that keep the processor busy."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks.clock import MICROSECOND, SECOND


@function("void __udelay(unsigned long usecs)")
def udelay(guest: Guest, microseconds: int) -> None:
    """Let microseconds pass without letting anybody else run."""
    guest.pass_time(microseconds * MICROSECOND)


@function("void __ndelay(unsigned long nsecs)")
def ndelay(guest: Guest, nanoseconds: int) -> None:
    """Let nanoseconds pass without letting anybody else run."""
    guest.pass_time(nanoseconds)


@function("void __const_udelay(unsigned long xloops)")
def const_udelay(guest: Guest, loops: int) -> None:
    """Let a time pass that is given in 2^-32 seconds, without letting anybody else run."""
    guest.pass_time(loops * SECOND >> 32)
