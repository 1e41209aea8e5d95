"""kernel/irq_work.c: Functions that the processor interrupts itself for."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view

_PENDING, _BUSY, _LAZY = 1, 2, 4
"""Bits of the flags, IRQ_WORK_*."""


def _node(guest: Guest, work: int) -> View:
    node: View = view(guest, "irq_work", work).node
    return node


def _run(guest: Guest, work: int) -> None:
    """Call the function of a piece of work, which may be queued again meanwhile (`irq_work_single()`)."""
    node = _node(guest, work)
    node.u_flags &= ~_PENDING
    guest.call(view(guest, "irq_work", work).func, work, interrupts=False)
    if not node.u_flags & _PENDING:
        node.u_flags &= ~_BUSY


@function("bool irq_work_queue(struct irq_work *work)")
def irq_work_queue(guest: Guest, work: int) -> bool:
    """Run a piece of work in an interrupt at once; return False for one that is queued already.

    One for the next tick, and one that is queued where no interrupt may come, stop the run.
    """
    node = _node(guest, work)
    if node.u_flags & _PENDING:
        return False
    if node.u_flags & _LAZY or guest.scheduler.in_interrupt or not guest.abi.interruptible(guest.frame):
        raise Needs("work for an interrupt that cannot come at once")
    node.u_flags |= _PENDING | _BUSY
    guest.scheduler.in_hardirq(view(guest, "irq_work", work).func, lambda: _run(guest, work))
    return True


@function("void irq_work_sync(struct irq_work *work)")
def irq_work_sync(guest: Guest, work: int) -> None:
    """Wait until a piece of work is done."""
    guest.wait_until(lambda: not _node(guest, work).u_flags & _BUSY)
