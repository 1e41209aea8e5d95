"""kernel/irq/chip.c: How interrupts are triggered."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import INTERRUPTS
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EINVAL


@function("int irq_set_irq_type(unsigned int irq, unsigned int type)")
def irq_set_irq_type(_guest: Guest, number: int, _kind: int) -> int:
    """Return 0, or -EINVAL for an interrupt that does not exist: the IO-APIC does not let it be changed."""
    return 0 if number in INTERRUPTS else -EINVAL
