"""kernel/locking/rwsem.c: Semaphores for many readers or one writer, with PREEMPT_RT as well as without."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import locks
from modtools.emulate.objects.locks import rwsem
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks.signals import INTERRUPTIBLE, KILLABLE
from modtools.linuxerrno import EINTR


@function("void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)")
def init_rwsem(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Initialise a read-write semaphore as free, with no waiters."""
    locks.init_rwsem(guest, lock)


@function("void down_read(struct rw_semaphore *sem)")
def down_read(guest: Guest, lock: int) -> None:
    """Take a read-write semaphore for reading, and wait while a writer holds it."""
    semaphore = rwsem(guest, lock)
    guest.wait_until(lambda: not semaphore.is_written())
    semaphore.read(1)


@function("int down_read_interruptible(struct rw_semaphore *sem)")
def down_read_interruptible(guest: Guest, lock: int) -> int:
    """Take a semaphore for reading as `down_read()`; return 0, or -EINTR if a signal ends the wait."""
    return _read(guest, lock, INTERRUPTIBLE)


@function("int down_read_killable(struct rw_semaphore *sem)")
def down_read_killable(guest: Guest, lock: int) -> int:
    """Take a semaphore for reading as `down_read()`; return 0, or -EINTR if a signal that kills ends the wait."""
    return _read(guest, lock, KILLABLE)


def _read(guest: Guest, lock: int, state: int) -> int:
    semaphore = rwsem(guest, lock)
    if not guest.wait_until(lambda: not semaphore.is_written(), state=state):
        return -EINTR
    semaphore.read(1)
    return 0


@function("int down_read_trylock(struct rw_semaphore *sem)")
def down_read_trylock(guest: Guest, lock: int) -> bool:
    """Take a semaphore for reading unless a writer holds it; return whether it was taken."""
    semaphore = rwsem(guest, lock)
    if semaphore.is_written():
        return False
    semaphore.read(1)
    return True


@function("void up_read(struct rw_semaphore *sem)")
def up_read(guest: Guest, lock: int) -> None:
    """Release a semaphore held for reading."""
    rwsem(guest, lock).read(-1)


@function("void down_write(struct rw_semaphore *sem)")
def down_write(guest: Guest, lock: int) -> None:
    """Take a read-write semaphore for writing, and wait until nobody holds it."""
    semaphore = rwsem(guest, lock)
    guest.wait_until(lambda: not semaphore.is_held())
    semaphore.write()


@function("int down_write_killable(struct rw_semaphore *sem)")
def down_write_killable(guest: Guest, lock: int) -> int:
    """Take a semaphore for writing as `down_write()`; return 0, or -EINTR if a signal ends the wait."""
    semaphore = rwsem(guest, lock)
    if not guest.wait_until(lambda: not semaphore.is_held(), state=KILLABLE):
        return -EINTR
    semaphore.write()
    return 0


@function("int down_write_trylock(struct rw_semaphore *sem)")
def down_write_trylock(guest: Guest, lock: int) -> bool:
    """Take a semaphore for writing if nobody holds it; return whether it was taken."""
    semaphore = rwsem(guest, lock)
    if semaphore.is_held():
        return False
    semaphore.write()
    return True


@function("void up_write(struct rw_semaphore *sem)")
def up_write(guest: Guest, lock: int) -> None:
    """Release a semaphore held for writing."""
    rwsem(guest, lock).release()


@function("void downgrade_write(struct rw_semaphore *sem)")
def downgrade_write(guest: Guest, lock: int) -> None:
    """Turn a semaphore held for writing into one held for reading."""
    rwsem(guest, lock).release(1)
