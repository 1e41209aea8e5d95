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
    tasklet.state = tasklet.state & ~_SCHEDULED | _RUNNING
    guest.call(tasklet.func, address if tasklet.use_callback else tasklet.data)
    tasklet.state &= ~_RUNNING


def _initialize(guest: Guest, address: int, code: int, *, callback: bool, data: int = 0) -> None:
    tasklet = view(guest, "tasklet_struct", address)
    tasklet.next = tasklet.state = tasklet.count = 0
    tasklet.func, tasklet.use_callback, tasklet.data = code, int(callback), data


@function("void tasklet_setup(struct tasklet_struct *t, void *callback)")
def tasklet_setup(guest: Guest, address: int, code: int) -> None:
    """`kernel/softirq.c`: Initialise a tasklet whose function is given the tasklet."""
    _initialize(guest, address, code, callback=True)


@function("void tasklet_init(struct tasklet_struct *t, void *func, unsigned long data)")
def tasklet_init(guest: Guest, address: int, code: int, data: int) -> None:
    """`kernel/softirq.c`: Initialise a tasklet whose function is given a number."""
    _initialize(guest, address, code, callback=False, data=data)


@function("void __tasklet_schedule(struct tasklet_struct *t)")
def tasklet_schedule(guest: Guest, address: int) -> None:
    """`kernel/softirq.c`: Queue a tasklet that the caller has marked as scheduled."""
    waiting(guest).append([address, 1])


@function("void __tasklet_hi_schedule(struct tasklet_struct *t)")
def tasklet_hi_schedule(guest: Guest, address: int) -> None:
    """`kernel/softirq.c`: Queue a tasklet that the caller has marked as scheduled, before those of normal priority."""
    waiting(guest).append([address, 0])


@function("void tasklet_kill(struct tasklet_struct *t)")
def tasklet_kill(guest: Guest, address: int) -> None:
    """`kernel/softirq.c`: Wait until a scheduled tasklet has run; that never ends for one that is disabled."""
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state)


@function(
    "void tasklet_unlock_wait(struct tasklet_struct *t)", "void tasklet_unlock_spin_wait(struct tasklet_struct *t)"
)
def tasklet_unlock_wait(guest: Guest, address: int) -> None:
    """`kernel/softirq.c`: Wait until a tasklet does not run."""
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state & _RUNNING)
