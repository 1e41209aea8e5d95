"""kernel/irq/manage.c: Adding handlers of interrupts, none of which is raised.

The table `irqs`: number -> [[handler, thread function, flags, device id, name], ...].
"""

from __future__ import annotations

from typing import Any

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
        raise Needs("the warning of free_irq()")
    rows.remove(row)
    return int(row[4])


@function("const void *free_irq(unsigned int irq, void *dev_id)")
def free_irq(guest: Guest, number: int, identity: int) -> int:
    """Remove a handler from an interrupt by its device id; return its name. The warning that there is none is not
    modelled.
    """
    return free(guest, number, identity)


@function(
    "void disable_irq(unsigned int irq)",
    "void disable_irq_nosync(unsigned int irq)",
    "void enable_irq(unsigned int irq)",
    "void synchronize_irq(unsigned int irq)",
)
def disable_irq(guest: Guest, number: int) -> None:
    """Do nothing, also for enable_irq() and synchronize_irq(): nothing raises an interrupt. One without handlers stops
    the run.
    """
    if not _rows(guest, number):
        raise Needs("the warning of enable_irq()")
