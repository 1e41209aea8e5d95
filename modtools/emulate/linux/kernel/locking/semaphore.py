"""kernel/locking/semaphore.c: Semaphores that count how many may pass."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks.clock import FOREVER, after_jiffies
from modtools.emulate.tasks.signals import INTERRUPTIBLE, KILLABLE
from modtools.linuxerrno import EINTR, ETIME


@function("void down(struct semaphore *sem)")
def down(guest: Guest, lock: int) -> None:
    """Decrement a semaphore's count, and wait while it is 0."""
    count = view(guest, "semaphore", lock)
    guest.wait_until(lambda: count.count > 0)
    count.count -= 1


@function("int down_interruptible(struct semaphore *sem)")
def down_interruptible(guest: Guest, lock: int) -> int:
    """Decrement a semaphore as `down()`; return 0, or -EINTR if a signal ends the wait."""
    return _down(guest, lock, INTERRUPTIBLE)


@function("int down_killable(struct semaphore *sem)")
def down_killable(guest: Guest, lock: int) -> int:
    """Decrement a semaphore as `down()`; return 0, or -EINTR if a signal that kills ends the wait."""
    return _down(guest, lock, KILLABLE)


def _down(guest: Guest, lock: int, state: int) -> int:
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, state=state):
        return -EINTR
    down(guest, lock)
    return 0


@function("int down_timeout(struct semaphore *sem, long timeout)")
def down_timeout(guest: Guest, lock: int, timeout: int) -> int:
    """Decrement a semaphore's count; return 0, or -ETIME if it stays 0 for `timeout` jiffies."""
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, after_jiffies(guest, timeout) if timeout < FOREVER else None):
        return -ETIME
    count.count -= 1
    return 0


@function("int down_trylock(struct semaphore *sem)")
def down_trylock(guest: Guest, lock: int) -> bool:
    """Decrement a semaphore's count if it is above 0; return 0 if it was, else 1."""
    if not view(guest, "semaphore", lock).count:
        return True
    down(guest, lock)
    return False


@function("void up(struct semaphore *sem)")
def up(guest: Guest, lock: int) -> None:
    """Increment a semaphore's count, so that one more may pass."""
    view(guest, "semaphore", lock).count += 1
