"""arch/x86/kernel/rtc.c: The lock of the real time clock."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("rtc_lock", 4)
def rtc_lock(_guest: Guest, _address: int) -> None:
    """Hold a spin lock that is free."""
