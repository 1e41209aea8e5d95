"""Signals to programs that wait in the kernel.

From Linux 6.1: `kernel/signal.c: complete_signal(), signal_wake_up_state()`, `include/linux/sched/signal.h:
signal_pending_state()`.

A program whose call is a task (`calls`) gets those that are sent to it. The caller from outside gets one once it has
waited longer than anybody's patience, as when somebody at the terminal gives up, and it stays pending from then on: one
that kills, so that it breaks waits of both kinds, interruptible and killable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.emulate.symbols import percpu
from modtools.emulate.symbols.structs import offset_of, view
from modtools.emulate.tasks import threads

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


INTERRUPTIBLE, UNINTERRUPTIBLE, WAKEKILL = 1, 2, 0x100
KILLABLE = UNINTERRUPTIBLE | WAKEKILL
_TIF_SIGPENDING = 1 << 2
_SIGKILL = 1 << 8


def breaks(state: int, *, fatal: bool = True) -> bool:
    """Return whether a signal, one that kills or another, wakes a task in this state."""
    return bool(state & (INTERRUPTIBLE | (WAKEKILL if fatal else 0)))


def pending(guest: Guest) -> bool:
    """Return whether the task that runs has got a signal (`signal_pending()`)."""
    return bool(_signals(guest))


def _signals(guest: Guest) -> int:
    """Return the set of the signals that the task that runs has got."""
    if guest.scheduler.current:
        return int(guest.scheduler.tasks.get(guest.scheduler.current, {}).get("signals", 0))
    return _SIGKILL if guest.interrupted else 0


def ends_wait(guest: Guest, state: int) -> bool:
    """Return whether the task that runs has got a signal that ends a wait in this state (`signal_pending_state()`)."""
    found = _signals(guest)
    return bool(found) and breaks(state, fatal=bool(found & _SIGKILL))


def send(guest: Guest, address: int, signals: int) -> None:
    """Send a set of signals to the program whose task this is, 0 for none any more; it looks for them when it runs."""
    guest.table("tasks")[address]["signals"] = signals
    _mark(guest, address, _TIF_SIGPENDING if signals else 0, signals)


def give(guest: Guest, address: int, signal: int) -> None:
    """Give a task a signal: a thread that takes it, or a program, which is told of it on the host, too (table
    `signalled`: numbers of programs and signals). One to the caller from outside has to be one that kills.
    """
    task, bit = guest.table("tasks").get(address), 1 << signal - 1
    if task is None:
        if bit != _SIGKILL or address != address_space.TASK:
            raise Needs(f"signal {signal} to a process that is in no call")
        deliver(guest)
        return
    if "call" in task:
        guest.table("signalled").setdefault("list", []).append([task["ids"][0], signal])
    elif not task.get("allowed", 0) & bit:
        return  # a thread of the kernel's ignores it
    if "call" not in task or task["call"]:
        send(guest, address, task.get("signals", 0) | bit)


def give_program(guest: Guest, number: int, signal: int) -> None:
    """Give a signal to the program, or the thread of one, with a number on the host; to a group of programs where the
    number is negative.
    """
    tasks = guest.table("tasks").items()
    found = next((address for address, task in tasks if number in task.get("ids", ())[:2]), 0)
    if found:
        give(guest, found, signal)
    else:
        guest.table("signalled").setdefault("list", []).append([number, signal])


def deliver(guest: Guest) -> None:
    """Send the signal to the caller from outside, or to the program whose task runs, and wake it."""
    if guest.scheduler.current:
        send(guest, guest.scheduler.current, _SIGKILL)
        return
    guest.interrupted = True
    _mark(guest, threads.current(guest), _TIF_SIGPENDING, _SIGKILL)
    guest.memory.put(threads.current(guest) + offset_of(guest, "task_struct", "__state"), 0, 4)


def begin(guest: Guest) -> None:
    """Prepare the task of another process that calls the kernel: it has its own name and no signal, and it is awake."""
    task = view(guest, "task_struct", address_space.TASK)
    task.__setattr__("__state", 0)
    guest.memory.write(
        task.address("comm"), guest.kernel.program.encode("utf-8", "surrogateescape")[:15].ljust(16, b"\0")
    )
    _mark(guest, address_space.TASK, 0, 0)


def resume(guest: Guest, *, interrupted: bool) -> None:
    """Let the caller from outside go on after another process has called the kernel in between."""
    if percpu.used(guest, guest.abi.current):
        begin(guest)
        if interrupted:
            deliver(guest)


def _mark(guest: Guest, address: int, flag: int, signal: int) -> None:
    task = view(guest, "task_struct", address)
    task.thread_info.flags = task.thread_info.flags & ~_TIF_SIGPENDING | flag
    guest.memory.put(task.pending.address("signal"), signal, 8)


def asleep(guest: Guest) -> bool:
    """Return whether the current task still waits to be woken; a signal that may interrupt it wakes it."""
    if ends_wait(guest, state(guest)):
        threads.set_state(guest, 0)
    return state(guest) != 0


def state(guest: Guest) -> int:
    """Return the state that the current task has set for itself."""
    return threads.state_of(guest, threads.current(guest))
