"""Tasklets: functions that are called soon, in softirq context.

From Linux 6.1: `kernel/softirq.c`, `include/linux/interrupt.h`. In `state` bit 0 says scheduled, bit 1 running; `count`
is above 0 while it is disabled. The table `tasklets` has what is scheduled: [address, priority] under "queue".
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view

_SCHEDULED, _RUNNING = 1, 2


def waiting(guest: Guest) -> list[list[int]]:
    """What is scheduled, in order."""
    rows: list[list[int]] = guest.table("tasklets").setdefault("queue", [])
    return rows


def ready(guest: Guest) -> list[int]:
    """What may run, of high priority first; whose memory is gone, too, because that is found out by running it."""
    rows = sorted(waiting(guest), key=lambda row: row[1])
    return [at for at, _ in rows if not guest.memory.mapped(at, 40) or not view(guest, "tasklet_struct", at).count]


def run(guest: Guest, address: int) -> None:
    """`tasklet_action_common()` for one."""
    waiting(guest)[:] = [row for row in waiting(guest) if row[0] != address]
    tasklet = view(guest, "tasklet_struct", address)
    tasklet.state = tasklet.state & ~_SCHEDULED | _RUNNING
    guest.call(tasklet.func, address if tasklet.use_callback else tasklet.data)
    tasklet.state &= ~_RUNNING


def _initialize(guest: Guest, address: int, code: int, *, callback: bool, data: int = 0) -> None:
    tasklet = view(guest, "tasklet_struct", address)
    tasklet.next = tasklet.state = tasklet.count = 0
    tasklet.func, tasklet.use_callback, tasklet.data = code, int(callback), data


@function("void tasklet_setup(struct tasklet_struct *t, void *callback)")
def tasklet_setup(guest: Guest, address: int, code: int) -> None:
    """Its function is given the tasklet."""
    _initialize(guest, address, code, callback=True)


@function("void tasklet_init(struct tasklet_struct *t, void *func, unsigned long data)")
def tasklet_init(guest: Guest, address: int, code: int, data: int) -> None:
    """Its function is given a number."""
    _initialize(guest, address, code, callback=False, data=data)


@function("void __tasklet_schedule(struct tasklet_struct *t)")
def tasklet_schedule(guest: Guest, address: int) -> None:
    """The caller has marked it as scheduled."""
    waiting(guest).append([address, 1])


@function("void __tasklet_hi_schedule(struct tasklet_struct *t)")
def tasklet_hi_schedule(guest: Guest, address: int) -> None:
    """Before the others."""
    waiting(guest).append([address, 0])


@function("void tasklet_kill(struct tasklet_struct *t)")
def tasklet_kill(guest: Guest, address: int) -> None:
    """Until it has run, if it was scheduled; for good where it is disabled."""
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state)


@function(
    "void tasklet_unlock_wait(struct tasklet_struct *t)", "void tasklet_unlock_spin_wait(struct tasklet_struct *t)"
)
def tasklet_unlock_wait(guest: Guest, address: int) -> None:
    """Until it does not run."""
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state & _RUNNING)
