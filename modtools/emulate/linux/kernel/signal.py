"""kernel/signal.c: Signals to programs and to kernel threads."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.pid import pid_task
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import signals, threads
from modtools.linuxerrno import EINVAL, ESRCH

_MOST = 64
_IGNORE = 1
"""SIG_IGN; anything else lets a thread take a signal (`allow_signal()`)."""


@function("void kernel_sigaction(int sig, void *action)")
def kernel_sigaction(guest: Guest, signal: int, action: int) -> None:
    """Let the thread that runs take a signal, or not any more."""
    task = guest.table("tasks").get(threads.current(guest))
    if task is not None and 1 <= signal <= _MOST:
        bit = 1 << signal - 1
        task["allowed"] = task.get("allowed", 0) & ~bit | (bit if action != _IGNORE else 0)


@function("void flush_signals(struct task_struct *t)")
def flush_signals(guest: Guest, task: int) -> None:
    """Take all signals back that a task has got."""
    if task in guest.table("tasks"):
        signals.send(guest, task, 0)


@function("int send_sig(int sig, struct task_struct *p, int priv)")
def send_sig(guest: Guest, signal: int, task: int, _private: int) -> int:
    """Send a signal to a task; return 0, or -EINVAL for a number that is none. Number 0 is not looked at, and sets the
    last bit of a set: signal 64.
    """
    return _send(guest, signal or _MOST, task)


@function("int send_sig_info(int sig, struct kernel_siginfo *info, struct task_struct *p)")
def send_sig_info(guest: Guest, signal: int, _info: int, task: int) -> int:
    """Do what `send_sig()` does, without what is said besides."""
    return _send(guest, signal or _MOST, task)


def _send(guest: Guest, signal: int, task: int) -> int:
    if not 0 <= signal <= _MOST:
        return -EINVAL
    if signal:
        signals.give(guest, task, signal)
    return 0


@function("int kill_pid(struct pid *pid, int sig, int priv)")
def kill_pid(guest: Guest, pid: int, signal: int, _private: int) -> int:
    """Send a signal to the task of a `struct pid`; return 0, -EINVAL, or -ESRCH for no task."""
    task = pid_task(guest, pid, 0)
    return _send(guest, signal, task) if task else -ESRCH
