"""kernel/pid.c: Numbers of tasks, and the tasks that have them."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import processes

_THREAD = 0
"""PIDTYPE_PID (`include/linux/pid_types.h`)."""


@function("struct pid *find_vpid(int nr)")
def find_vpid(guest: Guest, number: int) -> int:
    """Return the `struct pid` of the task with a number; NULL if there is none."""
    task = processes.find(guest, number)
    return processes.pid_of(guest, task) if task else 0


@function("struct pid *find_get_pid(pid_t nr)")
def find_get_pid(guest: Guest, number: int) -> int:
    """Return what `find_vpid()` does, with a reference taken."""
    found = find_vpid(guest, number)
    if found:
        view(guest, "pid", found).count.refs += 1
    return int(found)


@function("void put_pid(struct pid *pid)")
def put_pid(guest: Guest, pid: int) -> None:
    """Give a reference back; NULL is ignored. What is not used any more is freed with its task."""
    if pid:
        view(guest, "pid", pid).count.refs -= 1


@function("struct task_struct *pid_task(struct pid *pid, enum pid_type type)")
def pid_task(guest: Guest, pid: int, _type: int) -> int:
    """Return the task that a `struct pid` stands for; NULL for none, and for one that has ended."""
    return next((task for task in processes.every(guest) if processes.pid_of(guest, task) == pid), 0) if pid else 0


@function("struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)")
def get_pid_task(guest: Guest, pid: int, kind: int) -> int:
    """Return what `pid_task()` does, with a reference taken."""
    task = int(pid_task(guest, pid, kind))
    if task:
        processes.take(guest, task)
    return task


@function("struct pid *get_task_pid(struct task_struct *task, enum pid_type type)")
def get_task_pid(guest: Guest, task: int, _type: int) -> int:
    """Return the `struct pid` of a task, with a reference taken."""
    pid = processes.pid_of(guest, task)
    view(guest, "pid", pid).count.refs += 1
    return pid


@function("pid_t pid_vnr(struct pid *pid)", "pid_t pid_nr_ns(struct pid *pid, struct pid_namespace *ns)")
def pid_vnr(guest: Guest, pid: int, _namespace: int = 0) -> int:
    """Return the number of a `struct pid`; 0 for NULL. There is one namespace."""
    return processes.number_of(guest, pid) if pid else 0


@function("pid_t __task_pid_nr_ns(struct task_struct *task, enum pid_type type, struct pid_namespace *ns)")
def task_pid_nr_ns(guest: Guest, task: int, kind: int, _namespace: int) -> int:
    """Return the number of a task, or of its process. There is one namespace."""
    row = view(guest, "task_struct", task)
    return int(row.pid if kind == _THREAD else row.tgid)
