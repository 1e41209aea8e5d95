"""kernel/sched/core.c: The scheduler: waking, giving way, priorities."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time.timer import schedule_timeout
from modtools.emulate.symbols.registry import function, native
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import signals, tasks
from modtools.emulate.tasks.clock import tick


@function(
    "void set_user_nice(struct task_struct *p, long nice)",
    "void sched_set_normal(struct task_struct *p, int nice)",
)
def set_user_nice(_guest: Guest, _task: int, _nice: int) -> None:
    """Do nothing: threads have no priorities here."""


@function("void sched_set_fifo(struct task_struct *p)", "void sched_set_fifo_low(struct task_struct *p)")
def sched_set_fifo(_guest: Guest, _task: int) -> None:
    """Do nothing: threads have no scheduling policies here."""


native("__SCT__might_resched")
native("__SCT__cond_resched")
native("__SCT__preempt_schedule")
native("__SCT__preempt_schedule_notrace")


@function("void schedule(void)", "void io_schedule(void)")
def schedule(guest: Guest) -> None:
    """Wait until somebody wakes this task; one that has not said that it sleeps only lets
    others run for a tick.
    """
    if tasks.remember(guest, int(signals.asleep(guest))):
        guest.wait_until(lambda: not signals.asleep(guest), state=signals.state(guest))
    else:
        guest.wait_until(lambda: False, tick(guest))
    tasks.forget(guest)


@function("int default_wake_function(struct wait_queue_entry *wq_entry, unsigned mode, int flags, void *key)")
def default_wake_function(guest: Guest, entry: int, _mode: int, _flags: int, _key: int) -> bool:
    """Wake the task of an entry; return whether it slept (`woken_wake_function()` is of
    `kernel/sched/wait.c`).
    """
    return tasks.wake(guest, view(guest, "wait_queue_entry", entry).private)


@function("int wake_up_process(struct task_struct *p)")
def wake_up_process(guest: Guest, task: int) -> bool:
    """Wake a task or start a new thread; return whether it slept."""
    return tasks.wake(guest, task)


function("long io_schedule_timeout(long timeout)")(schedule_timeout)
