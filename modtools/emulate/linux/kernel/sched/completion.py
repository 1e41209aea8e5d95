"""kernel/sched/completion.c: Completions: waiting until something is done."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks import signals, threads
from modtools.emulate.tasks.clock import FOREVER, after_jiffies
from modtools.linuxerrno import ERESTARTSYS

_ALL = 0xFFFFFFFF


@function("void complete(struct completion *x)")
def complete(guest: Guest, completion: int) -> None:
    """Let one waiter go on, now or later."""
    row = view(guest, "completion", completion)
    row.done += row.done != _ALL


@function("void complete_all(struct completion *x)")
def complete_all(guest: Guest, completion: int) -> None:
    """Let all waiters go on, now and later."""
    view(guest, "completion", completion).done = _ALL


@function("bool completion_done(struct completion *x)")
def completion_done(guest: Guest, completion: int) -> bool:
    """Return whether nobody would have to wait."""
    return bool(view(guest, "completion", completion).done)


@function("bool try_wait_for_completion(struct completion *x)")
def try_wait(guest: Guest, completion: int) -> bool:
    """Take a completion that needs no waiting; return whether there was one."""
    row = view(guest, "completion", completion)
    done: int = row.done
    if done and done != _ALL:
        row.done = done - 1
    return done != 0


@function(
    "void wait_for_completion(struct completion *x)",
    "void wait_for_completion_io(struct completion *x)",
)
def wait_for_completion(guest: Guest, completion: int) -> None:
    """Wait for a completion, whatever signals come."""
    guest.wait_until(lambda: bool(completion_done(guest, completion)))
    try_wait(guest, completion)


@function("int wait_for_completion_interruptible(struct completion *x)")
def wait_for_completion_interruptible(guest: Guest, completion: int) -> int:
    """Wait for a completion; return 0, or -ERESTARTSYS if a signal ends the wait."""
    return _wait(guest, completion, signals.INTERRUPTIBLE)


@function("int wait_for_completion_killable(struct completion *x)")
def wait_for_completion_killable(guest: Guest, completion: int) -> int:
    """Wait for a completion; return 0, or -ERESTARTSYS if a signal that kills ends the wait."""
    return _wait(guest, completion, signals.KILLABLE)


def _wait(guest: Guest, completion: int, state: int) -> int:
    done = guest.wait_until(lambda: bool(completion_done(guest, completion)), state=state)
    return 0 if done and try_wait(guest, completion) else -ERESTARTSYS


@function(
    "unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)",
    "unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)",
)
def wait_for_completion_timeout(guest: Guest, completion: int, timeout: int) -> int:
    """Wait for a completion for so many ticks; return how many were left, one at least, or 0 when the time is over."""
    return _wait_ticks(guest, completion, timeout, signals.UNINTERRUPTIBLE)


@function("long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)")
def wait_for_completion_interruptible_timeout(guest: Guest, completion: int, timeout: int) -> int:
    """Wait as `wait_for_completion_timeout()`; return -ERESTARTSYS if a signal ends the wait."""
    return _wait_ticks(guest, completion, timeout, signals.INTERRUPTIBLE)


@function("long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)")
def wait_for_completion_killable_timeout(guest: Guest, completion: int, timeout: int) -> int:
    """Wait as `wait_for_completion_timeout()`; return -ERESTARTSYS if a signal that kills ends the wait."""
    return _wait_ticks(guest, completion, timeout, signals.KILLABLE)


def _wait_ticks(guest: Guest, completion: int, timeout: int, state: int) -> int:
    end = threads.remember(guest, guest.jiffies + timeout)
    ticks = after_jiffies(guest, timeout) if timeout < FOREVER else None
    came = guest.wait_until(lambda: bool(completion_done(guest, completion)), ticks, state=state)
    threads.forget(guest)
    if came and try_wait(guest, completion):
        return max(1, end - guest.jiffies)
    return -ERESTARTSYS if signals.ends_wait(guest, state) else 0
