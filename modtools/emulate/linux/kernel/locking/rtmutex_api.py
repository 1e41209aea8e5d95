"""kernel/locking/rtmutex_api.c: Mutexes that hand the priority of who waits to who holds them.

Nothing here has a priority. With PREEMPT_RT all mutexes are of this kind; they are taken by the functions of
`mutex.py`, and initialised as here.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.objects import locks
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view
from modtools.emulate.tasks.signals import INTERRUPTIBLE, KILLABLE
from modtools.linuxerrno import EINTR


@function("void rt_mutex_base_init(struct rt_mutex_base *rtb)")
def rt_mutex_base_init(guest: Guest, lock: int) -> None:
    """Initialise what all locks of this kind have inside: it is free, with no waiters."""
    guest.memory.write(lock, bytes(size_of(guest, "rt_mutex_base")))


@function("void __rt_mutex_init(struct rt_mutex *lock, const char *name, struct lock_class_key *key)")
def rt_mutex_init(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Initialise a mutex of this kind as free, with no waiters."""
    rt_mutex_base_init(guest, view(guest, "rt_mutex", lock).rtmutex.address())


@function("void __mutex_rt_init(struct mutex *lock, const char *name, struct lock_class_key *key)")
def mutex_rt_init(_guest: Guest, _lock: int, _name: int, _key: int) -> None:
    """Tell lockdep, which is not there, of a mutex whose inside the caller has initialised."""


@function("void mutex_rt_init_generic(struct mutex *mutex)")
def mutex_rt_init_generic(guest: Guest, lock: int) -> None:
    """Initialise a mutex as free, with no waiters."""
    locks.init_mutex(guest, lock)


@function("void rt_mutex_lock(struct rt_mutex *lock)")
def rt_mutex_lock(guest: Guest, lock: int) -> None:
    """Take a mutex of this kind, and wait while it is held."""
    mutex = view(guest, "rt_mutex", lock)
    guest.wait_until(lambda: not mutex.rtmutex.owner)
    mutex.rtmutex.owner = address_space.TASK


@function("int rt_mutex_lock_interruptible(struct rt_mutex *lock)")
def rt_mutex_lock_interruptible(guest: Guest, lock: int) -> int:
    """Take a mutex as `rt_mutex_lock()`; return 0, or -EINTR if a signal ends the wait."""
    return _lock(guest, lock, INTERRUPTIBLE)


@function("int rt_mutex_lock_killable(struct rt_mutex *lock)")
def rt_mutex_lock_killable(guest: Guest, lock: int) -> int:
    """Take a mutex as `rt_mutex_lock()`; return 0, or -EINTR if a signal that kills ends the wait."""
    return _lock(guest, lock, KILLABLE)


def _lock(guest: Guest, lock: int, state: int) -> int:
    mutex = view(guest, "rt_mutex", lock)
    if not guest.wait_until(lambda: not mutex.rtmutex.owner, state=state):
        return -EINTR
    mutex.rtmutex.owner = address_space.TASK
    return 0


@function("int rt_mutex_trylock(struct rt_mutex *lock)")
def rt_mutex_trylock(guest: Guest, lock: int) -> bool:
    """Take a mutex of this kind if it is free; return whether it was."""
    mutex = view(guest, "rt_mutex", lock)
    if mutex.rtmutex.owner:
        return False
    mutex.rtmutex.owner = address_space.TASK
    return True


@function("void rt_mutex_unlock(struct rt_mutex *lock)")
def rt_mutex_unlock(guest: Guest, lock: int) -> None:
    """Release a mutex of this kind that is held."""
    view(guest, "rt_mutex", lock).rtmutex.owner = 0
