"""arch/x86/kernel/irqflags.S: Reading the processor's flags."""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import NAMES
from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("unsigned long native_save_fl(void)")
def native_save_fl(guest: Guest) -> int:
    """Return the processor's flags. In a timer's function, where they would not be true, it stops the run."""
    if "scheduler" in guest.__dict__ and guest.scheduler.in_interrupt:
        raise Needs("the flag of interrupts in an interrupt")
    return guest.frame[NAMES.index("eflags")]
