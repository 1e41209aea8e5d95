"""Tasklets: which are scheduled, and running them.

The table `tasklets` has rows of address and priority under "queue", in order.

From Linux 6.1: `kernel/softirq.c: tasklet_action_common()`, `include/linux/interrupt.h: struct tasklet_struct`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import imbalance, preemption

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_SCHEDULED, RUNNING = 1, 2


def waiting(guest: Guest) -> list[list[int]]:
    """Return the tasklets that are scheduled, in order."""
    rows: list[list[int]] = guest.table("tasklets").setdefault("queue", [])
    return rows


def ready(guest: Guest) -> list[int]:
    """Return the tasklets that may run, of high priority first. One whose memory is gone is among them: running it
    shows that.
    """
    rows = sorted(waiting(guest), key=lambda row: row[1])
    return [at for at, _ in rows if not guest.memory.mapped(at, 40) or not view(guest, "tasklet_struct", at).count]


def run(guest: Guest, address: int) -> None:
    """Run one tasklet that is scheduled (`tasklet_action_common()`)."""
    waiting(guest)[:] = [row for row in waiting(guest) if row[0] != address]
    tasklet = view(guest, "tasklet_struct", address)
    tasklet.state = tasklet.state & ~_SCHEDULED | RUNNING
    before = preemption.count(guest)
    guest.call(tasklet.func, address if tasklet.use_callback else tasklet.data, interrupts=True)
    imbalance.complain_of_softirq(guest, before)
    tasklet.state &= ~RUNNING
