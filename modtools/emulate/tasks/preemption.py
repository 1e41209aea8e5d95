"""Where nobody may sleep: the count of preemption (from Linux 6.1: `include/linux/preempt.h`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols import percpu

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SOFTIRQ, HARDIRQ = 1 << 8, 1 << 16
"""What the count goes up by in the two kinds of interrupts."""
SOFTIRQ_BITS, HARDIRQ_BITS = 0xFF00, 0xF0000
"""Where it counts softirqs and who disables them, and interrupts of devices."""
IDLE = 1
"""What the idle task has: an interrupt that comes while everybody waits finds it."""
COUNT_BITS = 0x7FFFFFFF
"""Without the bit that says that somebody waits to be scheduled, which is inverted."""


def _place(guest: Guest) -> int | None:
    return percpu.used(guest, guest.abi.preempt_count)


def count(guest: Guest) -> int:
    """Return the count of whoever runs, 0 where nobody has looked at it or changed it yet."""
    place = _place(guest)
    return guest.memory.u32(place) & COUNT_BITS if place else 0


def in_interrupt(guest: Guest) -> bool:
    """Return whether an interrupt runs, or softirqs are disabled (`in_interrupt()`)."""
    runs = "scheduler" in guest.__dict__ and guest.scheduler.in_interrupt
    return runs or bool(count(guest) & (SOFTIRQ_BITS | HARDIRQ_BITS))


def set_count(guest: Guest, value: int) -> None:
    """Set the count of whoever runs, where anybody looks at it."""
    place = _place(guest)
    if place:
        guest.memory.put(place, guest.memory.u32(place) & ~COUNT_BITS | value & COUNT_BITS, 4)


def add(guest: Guest, amount: int) -> None:
    """Add to the count of whoever runs."""
    percpu.need(guest, guest.abi.preempt_count)
    place = _place(guest)
    if place:
        guest.memory.put(place, guest.memory.u32(place) + amount & 0xFFFFFFFF, 4)
