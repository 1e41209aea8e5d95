"""Work of workqueues and of kthread workers: what waits, what runs, and how a piece begins and ends.

From Linux 6.1: `kernel/workqueue.c: process_one_work()`, `kernel/kthread.c: kthread_worker_fn()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import threads

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def begin(guest: Guest, work: int, worker: int) -> int:
    """Begin a piece of work, which is pending no longer; return the task that does it."""
    piece = view(guest, "kthread_work", work)
    listhead.delete(guest, work)
    view(guest, "kthread_worker", worker).current_work = work
    name = guest.table("workqueues")[worker]["name"]
    return threads.create(guest, piece.func, work, name, started=True)


def finish(guest: Guest, worker: int) -> None:
    """Note that a worker's current piece of work is done."""
    view(guest, "kthread_worker", worker).current_work = 0


def waiting(guest: Guest, queue: int) -> int:
    """Return how much work is left to do in a workqueue."""
    busy = [task for task in guest.scheduler.tasks.values() if task["queue"] == queue]
    return len(busy) + len([work for work, of in guest.scheduler.queue if of == queue])


def busy(guest: Guest, work: int) -> bool:
    """Return whether a worker is at some work."""
    tasks = guest.scheduler.tasks.values()
    return any(task["work"] == work and (task["running"] or not task["done"]) for task in tasks)
