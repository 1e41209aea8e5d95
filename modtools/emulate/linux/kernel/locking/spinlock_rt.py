"""kernel/locking/spinlock_rt.c: Spin locks and read-write locks of a kernel with PREEMPT_RT, which sleep.

A spin lock is a `struct rt_mutex_base`, and a read-write lock begins with a `struct rwbase_rt`. That a holder stays on
its processor and is an RCU reader changes nothing here: there is one processor, and no reader is waited for.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking.spinlock import SOFTIRQ_DISABLED, softirq_add
from modtools.emulate.memory import address_space
from modtools.emulate.objects.locks import rw_base
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void rt_spin_lock(spinlock_t *lock)")
def rt_spin_lock(guest: Guest, lock: int) -> None:
    """Take a spin lock, and wait while it is held."""
    base = view(guest, "rt_mutex_base", lock)
    guest.wait_until(lambda: not base.owner)
    base.owner = address_space.TASK


@function("void rt_spin_unlock(spinlock_t *lock)")
def rt_spin_unlock(guest: Guest, lock: int) -> None:
    """Release a spin lock that is held."""
    view(guest, "rt_mutex_base", lock).owner = 0


@function("void rt_spin_lock_unlock(spinlock_t *lock)")
def rt_spin_lock_unlock(guest: Guest, lock: int) -> None:
    """Wait until a spin lock is free."""
    base = view(guest, "rt_mutex_base", lock)
    guest.wait_until(lambda: not base.owner)


@function("int rt_spin_trylock(spinlock_t *lock)")
def rt_spin_trylock(guest: Guest, lock: int) -> bool:
    """Take a spin lock if it is free; return whether it was."""
    base = view(guest, "rt_mutex_base", lock)
    if base.owner:
        return False
    base.owner = address_space.TASK
    return True


@function("int rt_spin_trylock_bh(spinlock_t *lock)")
def rt_spin_trylock_bh(guest: Guest, lock: int) -> bool:
    """Take a spin lock and disable softirqs if it is free; return whether it was."""
    free = bool(rt_spin_trylock(guest, lock))
    if free:
        softirq_add(guest, SOFTIRQ_DISABLED)
    return free


@function("void rt_read_lock(rwlock_t *rwlock)")
def rt_read_lock(guest: Guest, lock: int) -> None:
    """Take a read-write lock for reading, and wait while a writer holds it."""
    base = rw_base(guest, lock)
    guest.wait_until(lambda: not base.is_written())
    base.read(1)


@function("int rt_read_trylock(rwlock_t *rwlock)")
def rt_read_trylock(guest: Guest, lock: int) -> bool:
    """Take a read-write lock for reading unless a writer holds it; return whether it was taken."""
    base = rw_base(guest, lock)
    if base.is_written():
        return False
    base.read(1)
    return True


@function("void rt_read_unlock(rwlock_t *rwlock)")
def rt_read_unlock(guest: Guest, lock: int) -> None:
    """Release a read-write lock held for reading."""
    rw_base(guest, lock).read(-1)


@function("void rt_write_lock(rwlock_t *rwlock)")
def rt_write_lock(guest: Guest, lock: int) -> None:
    """Take a read-write lock for writing, and wait until nobody holds it."""
    base = rw_base(guest, lock)
    guest.wait_until(lambda: not base.is_held())
    base.write()


@function("int rt_write_trylock(rwlock_t *rwlock)")
def rt_write_trylock(guest: Guest, lock: int) -> bool:
    """Take a read-write lock for writing if nobody holds it; return whether it was taken."""
    base = rw_base(guest, lock)
    if base.is_held():
        return False
    base.write()
    return True


@function("void rt_write_unlock(rwlock_t *rwlock)")
def rt_write_unlock(guest: Guest, lock: int) -> None:
    """Release a read-write lock held for writing."""
    rw_base(guest, lock).release()
