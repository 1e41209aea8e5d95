"""kernel/locking/qspinlock.c: Waiting for a spin lock that is held."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

LOCKED = 1


@function("void native_queued_spin_lock_slowpath(struct qspinlock *lock, u32 val)")
def queued_spin_lock_slowpath(guest: Guest, lock: int, _value: int) -> None:
    """Spin until a lock is free, and take it; nobody but an interrupt can release it."""
    guest.scheduler.spin_until(lambda: guest.memory.u32(lock) == 0)
    guest.memory.put(lock, LOCKED, 4)
