"""The signal that ends a process which waits for what never comes, as when somebody at the terminal gives up.

From Linux 6.1: `kernel/signal.c: complete_signal(), signal_wake_up_state()`, `include/linux/sched/signal.h:
signal_pending_state()`. It is one that kills, so that it breaks waits of both kinds, interruptible and killable. Only
the caller from outside gets it, once it has waited longer than anybody's patience, and it stays pending from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import threads

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


INTERRUPTIBLE, UNINTERRUPTIBLE, WAKEKILL = 1, 2, 0x100
KILLABLE = UNINTERRUPTIBLE | WAKEKILL
_TIF_SIGPENDING = 1 << 2
_SIGKILL = 1 << 8


def breaks(state: int) -> bool:
    """Return whether a signal wakes a task in this state."""
    return bool(state & (INTERRUPTIBLE | WAKEKILL))


def pending(guest: Guest) -> bool:
    """Return whether the task that runs has got a signal (`signal_pending()`)."""
    return guest.interrupted and not guest.scheduler.current


def deliver(guest: Guest) -> None:
    """Send the signal to the caller from outside, and wake it."""
    guest.interrupted = True
    _mark(guest, _TIF_SIGPENDING, _SIGKILL)
    guest.memory.put(threads.current(guest) + offset_of(guest, "task_struct", "__state"), 0, 4)


def begin(guest: Guest) -> None:
    """Prepare the task of another process that calls the kernel: it has its own name and no signal, and it is awake."""
    task = view(guest, "task_struct", address_space.TASK)
    task.__setattr__("__state", 0)
    guest.memory.write(
        task.address("comm"), guest.kernel.program.encode("utf-8", "surrogateescape")[:15].ljust(16, b"\0")
    )
    _mark(guest, 0, 0)


def resume(guest: Guest, *, interrupted: bool) -> None:
    """Let the caller from outside go on after another process has called the kernel in between."""
    if percpu.used(guest, guest.abi.current):
        begin(guest)
        if interrupted:
            deliver(guest)


def _mark(guest: Guest, flag: int, signal: int) -> None:
    task = view(guest, "task_struct", threads.current(guest))
    task.thread_info.flags = task.thread_info.flags & ~_TIF_SIGPENDING | flag
    guest.memory.put(task.pending.address("signal"), signal, 8)


def asleep(guest: Guest) -> bool:
    """Return whether the current task still waits to be woken; a signal that may interrupt it wakes it."""
    if pending(guest) and breaks(state(guest)):
        threads.set_state(guest, 0)
    return state(guest) != 0


def state(guest: Guest) -> int:
    """Return the state that the current task has set for itself."""
    return threads.state_of(guest, threads.current(guest))
