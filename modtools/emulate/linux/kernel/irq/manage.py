"""kernel/irq/manage.c: Adding handlers of interrupts, none of which is raised.

The table `irqs`: number -> [[handler, thread function, flags, device id, name], ...].
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import LEGACY_INTERRUPTS, builtin
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EINVAL

_SHARED, _TRIGGERS, _ONESHOT = 0x80, 0xF, 0x2000


def _rows(guest: Guest, number: int) -> list[list[Any]]:
    rows: list[list[Any]] = guest.table("irqs").setdefault(number, [])
    return rows


def request(guest: Guest, number: int, row: list[Any]) -> int:
    """Do what request_threaded_irq() does, with a row as in the table `irqs`; return 0 or -EINVAL."""
    handler, thread, flags, identity, _ = row
    if (flags & _SHARED and not identity) or number not in LEGACY_INTERRUPTS or not (handler or thread):
        return -EINVAL
    if not handler and not flags & _ONESHOT:
        raise Needs("the complaint about a threaded interrupt without IRQF_ONESHOT")
    others = [other[2] for other in _rows(guest, number)]
    others += [flags_of for taken, flags_of in builtin(guest).interrupts.items() if taken == number]
    for other in others:
        if not flags & other & _SHARED or (flags ^ other) & (_TRIGGERS | _ONESHOT):
            raise Needs("the complaint about flags of an interrupt")
    _rows(guest, number).append(row)
    return 0


@function(
    "int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,"
    " unsigned long irqflags, const char *devname, void *dev_id)"
)
def request_threaded_irq(
    guest: Guest, number: int, handler: int, thread: int, flags: int, name: int, identity: int
) -> int:
    """Add a handler and its thread function to an interrupt, which nothing raises; return 0 or -EINVAL. Flags that
    differ from the other handlers' stop the run.
    """
    return request(guest, number, [handler, thread, flags, identity, name])


def free(guest: Guest, number: int, identity: int) -> int:
    """Do what free_irq() does: remove a handler by its device id; return the address of its name."""
    rows = _rows(guest, number)
    row = next((row for row in rows if row[3] == identity), None)
    if row is None:
        text = f"Trying to free already-free IRQ {number}"
        report_kernel_warning(guest, "free_irq", text)
        return 0
    rows.remove(row)
    if not rows:
        guest.table("irq_depths").pop(number, None)
    return int(row[4])


@function("const void *free_irq(unsigned int irq, void *dev_id)")
def free_irq(guest: Guest, number: int, identity: int) -> int:
    """Remove a handler from an interrupt by its device id; return its name, or warn that there is none, for NULL."""
    return free(guest, number, identity)


@function("void disable_irq(unsigned int irq)", "void disable_irq_nosync(unsigned int irq)")
def disable_irq(guest: Guest, number: int) -> None:
    """Count that an interrupt is disabled, once more if it is so; nothing raises it. One that does not exist is
    ignored.
    """
    if number in LEGACY_INTERRUPTS:
        _depths(guest)[number] = _depth(guest, number) + 1


@function("void enable_irq(unsigned int irq)")
def enable_irq(guest: Guest, number: int) -> None:
    """Take a disable_irq() back, or warn that there was none. One without handlers is disabled."""
    if number not in LEGACY_INTERRUPTS:
        return
    depth = _depth(guest, number)
    if not depth:
        report_kernel_warning(guest, "__enable_irq", f"Unbalanced enable for IRQ {number}")
        return
    _depths(guest)[number] = depth - 1


def _depths(guest: Guest) -> dict[int, int]:
    return guest.table("irq_depths")


def _depth(guest: Guest, number: int) -> int:
    """Return how often an interrupt is disabled; once to begin with, as long as nobody handles it."""
    return _depths(guest).get(number, 0 if _rows(guest, number) else 1)


@function("void synchronize_irq(unsigned int irq)")
def synchronize_irq(_guest: Guest, _number: int) -> None:
    """Do nothing: no handler is at work, because nothing raises an interrupt."""
