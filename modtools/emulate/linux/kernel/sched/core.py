"""kernel/sched/core.c: The scheduler: waking, giving way, priorities."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.time.timer import schedule_timeout
from modtools.emulate.symbols.registry import function, native
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import processes, signals, threads
from modtools.emulate.tasks.clock import tick

_NORMAL, _FIFO = 0, 1
_LOWEST_NICE, _HIGHEST_NICE = -20, 19
_REAL_TIME = 99
"""The highest of the priorities of `include/linux/sched/prio.h` that is for real-time tasks (MAX_RT_PRIO - 1)."""


def _set_normal(guest: Guest, task: int, nice: int) -> None:
    row = view(guest, "task_struct", task)
    row.static_prio = processes.DEFAULT_PRIORITY + nice
    if row.policy == _NORMAL:
        row.prio = row.normal_prio = row.static_prio


@function("void set_user_nice(struct task_struct *p, long nice)")
def set_user_nice(guest: Guest, task: int, nice: int) -> None:
    """Set the nice value of a task, which orders nothing here; one out of range is ignored."""
    if _LOWEST_NICE <= nice <= _HIGHEST_NICE:
        _set_normal(guest, task, nice)


@function("void sched_set_normal(struct task_struct *p, int nice)")
def sched_set_normal(guest: Guest, task: int, nice: int) -> None:
    """Give a task the policy SCHED_NORMAL and a nice value, which order nothing here."""
    row = view(guest, "task_struct", task)
    row.policy, row.rt_priority = _NORMAL, 0
    _set_normal(guest, task, nice)


def _set_fifo(guest: Guest, task: int, priority: int) -> None:
    row = view(guest, "task_struct", task)
    row.policy, row.rt_priority = _FIFO, priority
    row.prio = row.normal_prio = _REAL_TIME - priority


@function("void sched_set_fifo(struct task_struct *p)")
def sched_set_fifo(guest: Guest, task: int) -> None:
    """Give a task the policy SCHED_FIFO and the middle one of its priorities, which order nothing here."""
    _set_fifo(guest, task, (_REAL_TIME + 1) // 2)


@function("void sched_set_fifo_low(struct task_struct *p)")
def sched_set_fifo_low(guest: Guest, task: int) -> None:
    """Give a task the policy SCHED_FIFO and the lowest of its priorities, which order nothing here."""
    _set_fifo(guest, task, 1)


native("__SCT__might_resched")
native("__SCT__cond_resched")
native("__SCT__preempt_schedule")
native("__SCT__preempt_schedule_notrace")


@function("void schedule(void)", "void io_schedule(void)")
def schedule(guest: Guest) -> None:
    """Wait until somebody wakes this task; one that has not said that it sleeps only lets others run for a tick."""
    if threads.remember(guest, int(signals.asleep(guest))):
        guest.wait_until(lambda: not signals.asleep(guest), state=signals.state(guest))
    else:
        guest.wait_until(lambda: False, tick(guest))
    threads.forget(guest)


@function("void yield(void)")
def yield_(guest: Guest) -> None:
    """Let others run for a tick, without saying that this task sleeps."""
    threads.set_state(guest, 0)
    schedule(guest)


@function("void migrate_disable(void)", "void migrate_enable(void)")
def migrate(_guest: Guest) -> None:
    """Stay on this processor, or be free to go to another: there is no other."""


@function("int default_wake_function(struct wait_queue_entry *wq_entry, unsigned mode, int flags, void *key)")
def default_wake_function(guest: Guest, entry: int, _mode: int, _flags: int, _key: int) -> bool:
    """Wake the task of an entry; return whether it slept."""
    return threads.wake(guest, view(guest, "wait_queue_entry", entry).private)


@function("int wake_up_process(struct task_struct *p)")
def wake_up_process(guest: Guest, task: int) -> bool:
    """Wake a task or start a new thread; return whether it slept."""
    return threads.wake(guest, task)


function("long io_schedule_timeout(long timeout)")(schedule_timeout)
