"""kernel/locking/mutex.c: Mutexes, which one task holds.

A mutex is taken while its owner is not 0: its first word, or with PREEMPT_RT that of the rtmutex in it.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.objects import locks
from modtools.emulate.objects.locks import owned
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks.signals import INTERRUPTIBLE, KILLABLE
from modtools.linuxerrno import EINTR


@function("void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)")
def mutex_init(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Initialise a mutex as free, with no waiters."""
    locks.init_mutex(guest, lock)


@function("void mutex_init_generic(struct mutex *lock)")
def mutex_init_generic(guest: Guest, lock: int) -> None:
    """Initialise a mutex, as `__mutex_init()` until it lost what only lockdep uses."""
    locks.init_mutex(guest, lock)


@function("void mutex_lock(struct mutex *lock)", "void mutex_lock_io(struct mutex *lock)")
def mutex_lock(guest: Guest, lock: int) -> None:
    """Take a mutex, and wait while it is held. One that the same thread holds already blocks for good."""
    mutex = owned(guest, lock)
    guest.wait_until(lambda: not mutex.owner)
    mutex.owner = address_space.TASK


@function("int mutex_lock_interruptible(struct mutex *lock)")
def mutex_lock_interruptible(guest: Guest, lock: int) -> int:
    """Take a mutex as `mutex_lock()`; return 0, or -EINTR if a signal ends the wait."""
    return _lock(guest, lock, INTERRUPTIBLE)


@function("int mutex_lock_killable(struct mutex *lock)")
def mutex_lock_killable(guest: Guest, lock: int) -> int:
    """Take a mutex as `mutex_lock()`; return 0, or -EINTR if a signal that kills ends the wait."""
    return _lock(guest, lock, KILLABLE)


def _lock(guest: Guest, lock: int, state: int) -> int:
    mutex = owned(guest, lock)
    if not guest.wait_until(lambda: not mutex.owner, state=state):
        return -EINTR
    mutex_lock(guest, lock)
    return 0


@function("int mutex_trylock(struct mutex *lock)")
def mutex_trylock(guest: Guest, lock: int) -> bool:
    """Take a mutex if it is free; return whether it was."""
    mutex = owned(guest, lock)
    if mutex.owner:
        return False
    mutex.owner = address_space.TASK
    return True


@function("void mutex_unlock(struct mutex *lock)")
def mutex_unlock(guest: Guest, lock: int) -> None:
    """Release a mutex that is held."""
    owned(guest, lock).owner = 0


@function("bool mutex_is_locked(struct mutex *lock)")
def mutex_is_locked(guest: Guest, lock: int) -> bool:
    """Return whether a mutex is held."""
    return bool(owned(guest, lock).owner)


@function("int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)")
def atomic_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """Decrement a counter, and take the mutex if it comes to 0; return whether the mutex is held."""
    value = guest.memory.s32(counter) - 1
    if value:
        guest.memory.put(counter, value, 4)
        return False
    mutex_lock(guest, lock)
    guest.memory.put(counter, 0, 4)
    return True
