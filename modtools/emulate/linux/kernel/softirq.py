"""kernel/softirq.c: Tasklets, as a module sets, schedules and kills them. `tasks/tasklets.py` keeps and runs them.

In the `state` of a tasklet bit 0 says scheduled, bit 1 running; its `count` is above 0 while it is disabled.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking.spinlock import enable_softirqs, softirq_add
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import preemption, tasklets
from modtools.emulate.tasks.tasklets import RUNNING
from modtools.kernel.log import NOTICE


@function("void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)")
def local_bh_enable_ip(guest: Guest, _ip: int, count: int) -> None:
    """Take the count of a local_bh_disable() back, which the caller's code has added, and run what waited for it."""
    enable_softirqs(guest, count)


@function("void __local_bh_disable_ip(unsigned long ip, unsigned int cnt)")
def local_bh_disable_ip(guest: Guest, _ip: int, count: int) -> None:
    """Disable softirqs, as PREEMPT_RT has it in a function."""
    softirq_add(guest, count)


def _initialize(guest: Guest, address: int, code: int, *, callback: bool, data: int = 0) -> None:
    tasklet = view(guest, "tasklet_struct", address)
    tasklet.next = tasklet.state = tasklet.count = 0
    tasklet.func, tasklet.use_callback, tasklet.data = code, int(callback), data


@function("void tasklet_setup(struct tasklet_struct *t, void *callback)")
def tasklet_setup(guest: Guest, address: int, code: int) -> None:
    """Initialise a tasklet whose function is given the tasklet."""
    _initialize(guest, address, code, callback=True)


@function("void tasklet_init(struct tasklet_struct *t, void *func, unsigned long data)")
def tasklet_init(guest: Guest, address: int, code: int, data: int) -> None:
    """Initialise a tasklet whose function is given a number."""
    _initialize(guest, address, code, callback=False, data=data)


@function("void __tasklet_schedule(struct tasklet_struct *t)")
def tasklet_schedule(guest: Guest, address: int) -> None:
    """Queue a tasklet that the caller has marked as scheduled."""
    tasklets.waiting(guest).append([address, 1])


@function("void __tasklet_hi_schedule(struct tasklet_struct *t)")
def tasklet_hi_schedule(guest: Guest, address: int) -> None:
    """Queue a tasklet that the caller has marked as scheduled, before those of normal priority."""
    tasklets.waiting(guest).append([address, 0])


@function("void tasklet_kill(struct tasklet_struct *t)")
def tasklet_kill(guest: Guest, address: int) -> None:
    """Wait until a scheduled tasklet has run; that never ends for one that is disabled. It is complained about where
    nobody may wait.
    """
    if preemption.in_interrupt(guest):
        guest.printk(NOTICE, "softirq: Attempt to kill tasklet from interrupt")
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state)


@function(
    "void tasklet_unlock_wait(struct tasklet_struct *t)", "void tasklet_unlock_spin_wait(struct tasklet_struct *t)"
)
def tasklet_unlock_wait(guest: Guest, address: int) -> None:
    """Wait until a tasklet does not run."""
    tasklet = view(guest, "tasklet_struct", address)
    guest.wait_until(lambda: not tasklet.state & RUNNING)
