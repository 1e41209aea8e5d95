"""Kernel threads: creating, stopping and parking them.

From Linux 6.1: `kernel/kthread.c`. A thread is a task (`modtools.emulate.tasks`); it begins when it is woken.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate import tasks
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import TaskExit
from modtools.emulate.values import Values
from modtools.emulate.vsprintf import vsprintf
from modtools.linuxerrno import EINTR


def _mine(guest: Guest) -> dict[str, Any]:
    """Return the entry of the thread that runs; an empty one outside of threads."""
    return guest.scheduler.tasks.get(guest.scheduler.current, {})


@function(
    "struct task_struct *kthread_create_on_node(int (*f)(void *data), void *data, int node, const char *fmt, ...)"
)
def kthread_create_on_node(guest: Guest, code: int, data: int, _node: int, fmt: int, values: Values) -> int:
    """`kernel/kthread.c`: Create a thread with a name from a format, which begins when it is woken; return its task."""
    name = vsprintf(guest, guest.memory.text(fmt), values).decode("utf-8", "surrogateescape")
    return tasks.create(guest, code, data, name, started=False)


@function("bool kthread_should_stop(void)", "bool kthread_freezable_should_stop(bool *was_frozen)")
def kthread_should_stop(guest: Guest, *_frozen: int) -> bool:
    """`kernel/kthread.c`: Return whether kthread_stop() waits for the current thread."""
    return bool(_mine(guest).get("stop"))


@function("int kthread_stop(struct task_struct *k)")
def kthread_stop(guest: Guest, address: int) -> int:
    """`kernel/kthread.c`: Ask a thread to end and wait for it; return its result, or -EINTR if it has never begun."""
    task = guest.scheduler.tasks.get(address)
    if task is None:
        return -EINTR
    if task["started"]:
        task["stop"], task["park"] = 1, 0
        tasks.wake(guest, address)
        guest.wait_until(lambda: bool(task["done"]) or address not in guest.scheduler.tasks)
    result = int(task["result"]) if task["started"] else -EINTR
    tasks.release(guest, address)
    return result


@function("bool kthread_should_park(void)")
def kthread_should_park(guest: Guest) -> bool:
    """`kernel/kthread.c`: Return whether kthread_park() wants the current thread to pause."""
    return bool(_mine(guest).get("park"))


@function("void kthread_parkme(void)")
def kthread_parkme(guest: Guest) -> None:
    """`kernel/kthread.c`: Pause the current thread until kthread_unpark(), if it is asked to."""
    mine = _mine(guest)
    if mine.get("park"):
        mine["park"] = 2
    guest.wait_until(lambda: not mine.get("park"))


@function("int kthread_park(struct task_struct *k)")
def kthread_park(guest: Guest, address: int) -> int:
    """`kernel/kthread.c`: Ask a thread to pause and wait until it does or has ended; return 0."""
    task = guest.scheduler.tasks[address]
    task["park"] = task["park"] or 1
    tasks.wake(guest, address)
    guest.wait_until(lambda: task["park"] == 2 or bool(task["done"]))
    return 0


@function("void kthread_unpark(struct task_struct *k)")
def kthread_unpark(guest: Guest, address: int) -> None:
    """`kernel/kthread.c`: Let a thread that kthread_park() has stopped go on."""
    guest.scheduler.tasks[address]["park"] = 0


@function("void kthread_complete_and_exit(struct completion *comp, long code)")
def kthread_complete_and_exit(guest: Guest, completion: int, code: int) -> None:
    """`kernel/kthread.c`: Complete a completion, unless NULL, and end the current thread with a result."""
    from modtools.emulate.functions.wait import complete

    if completion:
        complete(guest, completion)
    raise TaskExit(code)


@function("void __module_put_and_kthread_exit(struct module *mod, long code)")
def module_put_and_kthread_exit(guest: Guest, module: int, code: int) -> None:
    """`kernel/module/main.c`: Drop a reference on a module and end the current thread with a result."""
    from modtools.emulate.functions.module import module_put

    module_put(guest, module)
    raise TaskExit(code)


@function("void kthread_bind(struct task_struct *k, unsigned int cpu)")
def kthread_bind(_guest: Guest, _task: int, _cpu: int) -> None:
    """`kernel/kthread.c`: Do nothing: there is only one processor."""


@function(
    "void set_user_nice(struct task_struct *p, long nice)",
    "void sched_set_normal(struct task_struct *p, int nice)",
)
def set_user_nice(_guest: Guest, _task: int, _nice: int) -> None:
    """`kernel/sched/core.c`: Do nothing: threads have no priorities here."""


@function("void sched_set_fifo(struct task_struct *p)", "void sched_set_fifo_low(struct task_struct *p)")
def sched_set_fifo(_guest: Guest, _task: int) -> None:
    """`kernel/sched/core.c`: Do nothing: threads have no scheduling policies here."""


@function("void __put_task_struct(struct task_struct *t)")
def put_task_struct(_guest: Guest, _task: int) -> None:
    """`kernel/fork.c`: Do nothing: a task is freed when its thread has ended."""
