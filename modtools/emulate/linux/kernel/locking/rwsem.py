"""kernel/locking/rwsem.c: Semaphores for many readers or one writer."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.objects import locks
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.emulate.tasks.signals import KILLABLE
from modtools.linuxerrno import EINTR

_WRITER, _READER = 1, 0x100


@function("void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)")
def init_rwsem(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Initialise a read-write semaphore as free, with no waiters."""
    locks.init_rwsem(guest, lock)


@function("void down_read(struct rw_semaphore *sem)")
def down_read(guest: Guest, lock: int) -> None:
    """Take a read-write semaphore for reading, and wait while a writer holds it."""
    row = view(guest, "rw_semaphore", lock)
    guest.wait_until(lambda: not row.count & _WRITER)
    row.count += _READER


@function("int down_read_interruptible(struct rw_semaphore *sem)", "int down_read_killable(struct rw_semaphore *sem)")
def down_read_killable(guest: Guest, lock: int) -> int:
    """Take a semaphore for reading as `down_read()`; return 0, or -EINTR if a signal ends the wait."""
    row = view(guest, "rw_semaphore", lock)
    if not guest.wait_until(lambda: not row.count & _WRITER, state=KILLABLE):
        return -EINTR
    down_read(guest, lock)
    return 0


@function("int down_read_trylock(struct rw_semaphore *sem)")
def down_read_trylock(guest: Guest, lock: int) -> bool:
    """Take a semaphore for reading unless a writer holds it; return whether it was taken."""
    if view(guest, "rw_semaphore", lock).count & _WRITER:
        return False
    down_read(guest, lock)
    return True


@function("void up_read(struct rw_semaphore *sem)")
def up_read(guest: Guest, lock: int) -> None:
    """Release a semaphore held for reading."""
    view(guest, "rw_semaphore", lock).count -= _READER


@function("void down_write(struct rw_semaphore *sem)")
def down_write(guest: Guest, lock: int) -> None:
    """Take a read-write semaphore for writing, and wait until nobody holds it."""
    row = view(guest, "rw_semaphore", lock)
    guest.wait_until(lambda: not row.count)
    row.count, row.owner = _WRITER, address_space.TASK


@function("int down_write_killable(struct rw_semaphore *sem)")
def down_write_killable(guest: Guest, lock: int) -> int:
    """Take a semaphore for writing as `down_write()`; return 0, or -EINTR if a signal ends the wait."""
    row = view(guest, "rw_semaphore", lock)
    if not guest.wait_until(lambda: not row.count, state=KILLABLE):
        return -EINTR
    down_write(guest, lock)
    return 0


@function("int down_write_trylock(struct rw_semaphore *sem)")
def down_write_trylock(guest: Guest, lock: int) -> bool:
    """Take a semaphore for writing if nobody holds it; return whether it was taken."""
    if view(guest, "rw_semaphore", lock).count:
        return False
    down_write(guest, lock)
    return True


@function("void up_write(struct rw_semaphore *sem)")
def up_write(guest: Guest, lock: int) -> None:
    """Release a semaphore held for writing."""
    row = view(guest, "rw_semaphore", lock)
    row.count = row.owner = 0


@function("void downgrade_write(struct rw_semaphore *sem)")
def downgrade_write(guest: Guest, lock: int) -> None:
    """Turn a semaphore held for writing into one held for reading."""
    view(guest, "rw_semaphore", lock).count = _READER
