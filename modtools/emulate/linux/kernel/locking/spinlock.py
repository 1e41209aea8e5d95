"""kernel/locking/spinlock.c: Spin locks and read-write locks.

A lock is taken when its first word is not 0. Most are machine code: they look, store, switch the processor's flag of
interrupts, and count in `preempt_count` that whoever holds a lock may not sleep; those that disable softirqs count that
there, too, or with PREEMPT_RT for each task.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking.qrwlock import (
    READER,
    WRITTEN,
    queued_read_lock_slowpath,
    queued_write_lock_slowpath,
)
from modtools.emulate.linux.kernel.locking.qspinlock import LOCKED, queued_spin_lock_slowpath
from modtools.emulate.symbols.registry import function, native
from modtools.emulate.symbols.structs import has, offset_of
from modtools.emulate.tasks import preemption, threads

SOFTIRQ_DISABLED = 0x200
"""What disabling softirqs once adds to their count."""
_COUNT_RT = "softirq_disable_cnt"
"""A field of `struct task_struct` that only kernels with PREEMPT_RT have."""

native("_raw_spin_lock")
native("_raw_spin_lock_irq")
native("_raw_spin_lock_irqsave")
native("_raw_spin_unlock")
native("_raw_spin_unlock_irq")
native("_raw_spin_unlock_irqrestore")
native("_raw_write_lock")
native("_raw_write_lock_irq")
native("_raw_write_lock_irqsave")
native("_raw_write_unlock")
native("_raw_write_unlock_irq")
native("_raw_write_unlock_irqrestore")
native("_raw_read_lock")
native("_raw_read_lock_irq")
native("_raw_read_lock_irqsave")
native("_raw_read_unlock")
native("_raw_read_unlock_irq")
native("_raw_read_unlock_irqrestore")


def softirq_add(guest: Guest, amount: int) -> None:
    """Add to what says whether softirqs are disabled: `preempt_count`, with PREEMPT_RT a count of the task's own."""
    if not has(guest, "task_struct", _COUNT_RT):
        preemption.add(guest, amount)
        return
    place = threads.current(guest) + offset_of(guest, "task_struct", _COUNT_RT)
    guest.memory.put(place, guest.memory.u32(place) + amount, 4)


def enable_softirqs(guest: Guest, amount: int = SOFTIRQ_DISABLED) -> None:
    """Take back that softirqs are disabled; where nobody else has disabled them, those that wait run at once."""
    softirq_add(guest, -amount)
    if guest.tables.keys() & {"softnet", "tasklets", "timers"}:
        guest.scheduler.softirqs_enabled()


def _lock_bh(wait: Callable[[Guest, int], None]) -> Callable[[Guest, int], None]:
    """Return the function that disables softirqs and takes a lock, by what waits for it."""

    def lock(guest: Guest, address: int) -> None:
        softirq_add(guest, SOFTIRQ_DISABLED)
        preemption.add(guest, 1)
        wait(guest, address)

    return lock


def _unlock_bh(value: int) -> Callable[[Guest, int], None]:
    """Return the function that releases a lock by taking a value from it, and enables softirqs."""

    def unlock(guest: Guest, address: int) -> None:
        guest.memory.put(address, guest.memory.u32(address) - value & 0xFFFFFFFF, 4)
        preemption.add(guest, -1)
        enable_softirqs(guest)

    return unlock


function("void _raw_spin_lock_bh(raw_spinlock_t *lock)")(
    _lock_bh(lambda guest, lock: queued_spin_lock_slowpath(guest, lock, 0))
)
function("void _raw_spin_unlock_bh(raw_spinlock_t *lock)")(_unlock_bh(LOCKED))
function("void _raw_write_lock_bh(rwlock_t *lock)")(_lock_bh(queued_write_lock_slowpath))
function("void _raw_write_unlock_bh(rwlock_t *lock)")(_unlock_bh(WRITTEN))
function("void _raw_read_lock_bh(rwlock_t *lock)")(_lock_bh(queued_read_lock_slowpath))
function("void _raw_read_unlock_bh(rwlock_t *lock)")(_unlock_bh(READER))


@function("int _raw_spin_trylock_bh(raw_spinlock_t *lock)")
def spin_trylock_bh(guest: Guest, lock: int) -> bool:
    """Take a spinlock and disable softirqs if it is free; return whether it was."""
    free = bool(spin_trylock(guest, lock))
    if free:
        softirq_add(guest, SOFTIRQ_DISABLED)
    return free


@function("int _raw_spin_trylock(raw_spinlock_t *lock)")
def spin_trylock(guest: Guest, lock: int) -> bool:
    """Take a spinlock if it is free; return whether it was."""
    free = guest.memory.u32(lock) == 0
    if free:
        guest.memory.put(lock, 1, 4)
        preemption.add(guest, 1)
    return free
