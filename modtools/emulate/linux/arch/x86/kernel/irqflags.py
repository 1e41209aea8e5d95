"""arch/x86/kernel/irqflags.S: Reading the processor's flags."""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import NAMES
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("unsigned long native_save_fl(void)")
def native_save_fl(guest: Guest) -> int:
    """Return the processor's flags."""
    return guest.frame[NAMES.index("eflags")]
