"""kernel/locking/qrwlock.c: Waiting for a read-write lock that is held.

The lowest byte counts the writer, the three above it the readers.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function

WRITTEN, READER = 0xFF, 0x200
"""What a writer, and each reader, adds to a lock."""


@function("void queued_read_lock_slowpath(struct qrwlock *lock)")
def queued_read_lock_slowpath(guest: Guest, lock: int) -> None:
    """Spin until no writer holds a lock, and take it for reading; nobody but an interrupt can release it."""
    guest.scheduler.spin_until(lambda: not guest.memory.u32(lock) & WRITTEN)
    guest.memory.put(lock, guest.memory.u32(lock) + READER & 0xFFFFFFFF, 4)


@function("void queued_write_lock_slowpath(struct qrwlock *lock)")
def queued_write_lock_slowpath(guest: Guest, lock: int) -> None:
    """Spin until nobody holds a lock, and take it for writing; nobody but an interrupt can release it."""
    guest.scheduler.spin_until(lambda: guest.memory.u32(lock) == 0)
    guest.memory.put(lock, WRITTEN, 4)
