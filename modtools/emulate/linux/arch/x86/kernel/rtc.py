"""arch/x86/kernel/rtc.c: The lock of the real time clock, and the memory behind it."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable


@variable("rtc_lock", 4)
def rtc_lock(_guest: Guest, _address: int) -> None:
    """Hold a spin lock that is free."""


@function("unsigned char rtc_cmos_read(unsigned char addr)")
def rtc_cmos_read(guest: Guest, number: int) -> int:
    """Return a byte of the clock's memory, as the firmware left it; a register of the clock itself stops the run."""
    byte = guest.hardware.cmos.get(number & 0x7F)
    if byte is None:
        raise Needs(f"the real time clock's register {number:#x}")
    return byte
