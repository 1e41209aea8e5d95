"""kernel/irq/autoprobe.c: Finding out by which line a device interrupts. Nothing interrupts while a driver looks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import interrupts

_LINES = range(16)
"""Those that can be probed: of the old controllers."""
_PAUSE = 120_000_000
"""Nanoseconds that are left to lines which interrupt by themselves."""


@function("unsigned long probe_irq_on(void)")
def probe_irq_on(guest: Guest) -> int:
    """Wait a little; return the lines that nobody has, a bit for each."""
    guest.wait_until(lambda: False, _PAUSE)
    free = (
        number for number in _LINES if number not in builtin(guest).interrupts and not interrupts.rows(guest, number)
    )
    return sum(1 << number for number in free)


@function("int probe_irq_off(unsigned long val)")
def probe_irq_off(_guest: Guest, _lines: int) -> int:
    """Return the line that has interrupted since `probe_irq_on()`: 0 for none."""
    return 0
