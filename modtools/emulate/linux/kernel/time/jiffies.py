"""kernel/time/jiffies.c: The counter of ticks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable


@variable("jiffies", 8)
def jiffies(_guest: Guest, _address: int) -> None:
    """Leave the ticks to the clock, which keeps them up to date; they overflow 32 bits five minutes after boot."""


@function("u64 get_jiffies_64(void)")
def get_jiffies_64(guest: Guest) -> int:
    """Return the ticks, which overflow 32 bits five minutes after boot."""
    return guest.jiffies
