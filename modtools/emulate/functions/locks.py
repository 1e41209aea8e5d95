"""Locks. There is one processor and one thread of control, so that a lock is either free or never will be.

From Linux 6.1: `kernel/locking/mutex.c`, `rwsem.c`, `semaphore.c`, `spinlock.c`, `kernel/rcu/tree.c`. A mutex is
taken when its owner (the first word) is a task; a spinlock when its first word is not 0. Spinlocks are machine code:
they only store, and switch the processor's flag of interrupts, which nothing but irqs_disabled() looks at; those that
disable softirqs count that in `preempt_count`, which in_softirq() looks at.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate import listhead, space
from modtools.emulate.clock import FOREVER, after_jiffies
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, native
from modtools.emulate.signals import KILLABLE
from modtools.emulate.structs import view
from modtools.linuxerrno import EINTR, ETIME

_WRITER, _READER = 1, 0x100
_SOFTIRQ_DISABLED = 0x200  # SOFTIRQ_DISABLE_OFFSET of `include/linux/preempt.h`

# `kernel/locking/spinlock.c`
native("_raw_spin_lock", "c70701000000c3")
native("_raw_spin_lock_irq", "c70701000000fac3")  # what ends in fa disables interrupts, fb enables them
native("_raw_spin_lock_irqsave", "c707010000009c58fac3")  # 9c58: the flags to RAX
native("_raw_spin_unlock", "c60700c3")
native("_raw_spin_unlock_irq", "c60700fbc3")
native("_raw_spin_unlock_irqrestore", "c60700f7c6000200007401fbc3")  # f7c600020000: were they enabled?
native("_raw_write_lock", "c707ff000000c3")
native("_raw_write_lock_irq", "c707ff000000fac3")
native("_raw_write_lock_irqsave", "c707ff0000009c58fac3")
native("_raw_write_unlock", "c60700c3")
native("_raw_write_unlock_irq", "c60700fbc3")
native("_raw_write_unlock_irqrestore", "c60700f7c6000200007401fbc3")
native("_raw_read_lock", "810700020000c3")
native("_raw_read_lock_irq", "810700020000fac3")
native("_raw_read_lock_irqsave", "8107000200009c58fac3")
native("_raw_read_unlock", "812f00020000c3")
native("_raw_read_unlock_irq", "812f00020000fbc3")
native("_raw_read_unlock_irqrestore", "812f00020000f7c6000200007401fbc3")
# `kernel/rcu/tree_plugin.h`
native("__rcu_read_lock", "c3")
native("__rcu_read_unlock", "c3")
# `kernel/sched/core.c`
native("__SCT__might_resched", "31c0c3")
native("__SCT__cond_resched", "31c0c3")
native("__SCT__preempt_schedule", "c3")
native("__SCT__preempt_schedule_notrace", "c3")


def preempt_add(guest: Guest, amount: int) -> None:
    """Add to `preempt_count`, where a module looks at it."""
    place = guest.table("variables").get("__preempt_count")
    if place:
        guest.memory.put(place, guest.memory.u32(place) + amount & 0xFFFFFFFF, 4)


@function("void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)")
def local_bh_enable_ip(guest: Guest, _ip: int, count: int) -> None:
    """`kernel/softirq.c`: Take the count of a local_bh_disable() back, which the caller's own code has added."""
    preempt_add(guest, -count)


def _bh(value: int, sign: int) -> Callable[[Guest, int], None]:
    """A lock (sign 1) that is taken with softirqs disabled, by adding a value to it, or released (sign -1)."""

    def lock(guest: Guest, address: int) -> None:
        guest.memory.put(address, guest.memory.u32(address) + sign * value & 0xFFFFFFFF, 4)
        preempt_add(guest, sign * _SOFTIRQ_DISABLED)

    return lock


# `kernel/locking/spinlock.c`
function("void _raw_spin_lock_bh(raw_spinlock_t *lock)")(_bh(1, 1))
function("void _raw_spin_unlock_bh(raw_spinlock_t *lock)")(_bh(1, -1))
function("void _raw_write_lock_bh(rwlock_t *lock)")(_bh(0xFF, 1))
function("void _raw_write_unlock_bh(rwlock_t *lock)")(_bh(0xFF, -1))
function("void _raw_read_lock_bh(rwlock_t *lock)")(_bh(0x200, 1))
function("void _raw_read_unlock_bh(rwlock_t *lock)")(_bh(0x200, -1))


@function("int _raw_spin_trylock_bh(raw_spinlock_t *lock)")
def spin_trylock_bh(guest: Guest, lock: int) -> bool:
    """`kernel/locking/spinlock.c`: Take a spinlock and disable softirqs if it is free; return whether it was."""
    free = bool(spin_trylock(guest, lock))
    if free:
        preempt_add(guest, _SOFTIRQ_DISABLED)
    return free


@function("int _raw_spin_trylock(raw_spinlock_t *lock)")
def spin_trylock(guest: Guest, lock: int) -> bool:
    """`kernel/locking/spinlock.c`: Take a spinlock if it is free; return whether it was."""
    free = guest.memory.u32(lock) == 0
    if free:
        guest.memory.put(lock, 1, 4)
    return free


@function("void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key, short inner)")
def spin_lock_init(guest: Guest, lock: int, _name: int, _key: int, _inner: int) -> None:
    """`kernel/locking/spinlock_debug.c`: Initialise a spinlock as free."""
    guest.memory.put(lock, 0, 4)


@function("void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)")
def mutex_init(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """`kernel/locking/mutex.c`: Initialise a mutex as free, with no waiters."""
    guest.memory.write(lock, bytes(16))
    listhead.init(guest, view(guest, "mutex", lock).wait_list.address())


@function("void mutex_lock(struct mutex *lock)", "void mutex_lock_io(struct mutex *lock)")
def mutex_lock(guest: Guest, lock: int) -> None:
    """`kernel/locking/mutex.c`: Take a mutex, and wait while it is held. One that the same thread holds already blocks
    for good.
    """
    guest.wait_until(lambda: guest.memory.u64(lock) == 0)
    guest.memory.put(lock, space.TASK, 8)


@function("int mutex_lock_interruptible(struct mutex *lock)", "int mutex_lock_killable(struct mutex *lock)")
def mutex_lock_interruptible(guest: Guest, lock: int) -> int:
    """`kernel/locking/mutex.c`: Take a mutex as `mutex_lock()`; return 0, or -EINTR if a signal ends the wait."""
    if not guest.wait_until(lambda: guest.memory.u64(lock) == 0, state=KILLABLE):
        return -EINTR
    mutex_lock(guest, lock)
    return 0


@function("int mutex_trylock(struct mutex *lock)")
def mutex_trylock(guest: Guest, lock: int) -> bool:
    """`kernel/locking/mutex.c`: Take a mutex if it is free; return whether it was."""
    if guest.memory.u64(lock):
        return False
    guest.memory.put(lock, space.TASK, 8)
    return True


@function("void mutex_unlock(struct mutex *lock)")
def mutex_unlock(guest: Guest, lock: int) -> None:
    """`kernel/locking/mutex.c`: Release a mutex that is held."""
    guest.memory.put(lock, 0, 8)


@function("bool mutex_is_locked(struct mutex *lock)")
def mutex_is_locked(guest: Guest, lock: int) -> bool:
    """`kernel/locking/mutex.c`: Return whether a mutex is held."""
    return guest.memory.u64(lock) != 0


@function("int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)")
def atomic_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """`kernel/locking/mutex.c`: Decrement a counter, and take the mutex if it comes to 0; return whether the mutex is
    held.
    """
    value = guest.memory.s32(counter) - 1
    if value:
        guest.memory.put(counter, value, 4)
        return False
    mutex_lock(guest, lock)
    guest.memory.put(counter, 0, 4)
    return True


@function("bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)")
def refcount_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """`lib/refcount.c`: Decrement a reference counter, and take the mutex if it comes to 0; return whether the mutex
    is held.
    """
    return bool(atomic_dec_and_mutex_lock(guest, counter, lock))


@function("void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)")
def init_rwsem(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """`kernel/locking/rwsem.c`: Initialise a read-write semaphore as free, with no waiters."""
    guest.memory.write(lock, bytes(24))
    listhead.init(guest, view(guest, "rw_semaphore", lock).wait_list.address())


@function("void down_read(struct rw_semaphore *sem)")
def down_read(guest: Guest, lock: int) -> None:
    """`kernel/locking/rwsem.c`: Take a read-write semaphore for reading, and wait while a writer holds it."""
    guest.wait_until(lambda: not guest.memory.u64(lock) & _WRITER)
    guest.memory.put(lock, guest.memory.u64(lock) + _READER, 8)


@function("int down_read_interruptible(struct rw_semaphore *sem)", "int down_read_killable(struct rw_semaphore *sem)")
def down_read_killable(guest: Guest, lock: int) -> int:
    """`kernel/locking/rwsem.c`: Take a semaphore for reading as `down_read()`; return 0, or -EINTR if a signal ends
    the wait.
    """
    if not guest.wait_until(lambda: not guest.memory.u64(lock) & _WRITER, state=KILLABLE):
        return -EINTR
    down_read(guest, lock)
    return 0


@function("int down_read_trylock(struct rw_semaphore *sem)")
def down_read_trylock(guest: Guest, lock: int) -> bool:
    """`kernel/locking/rwsem.c`: Take a semaphore for reading unless a writer holds it; return whether it was taken."""
    if guest.memory.u64(lock) & _WRITER:
        return False
    down_read(guest, lock)
    return True


@function("void up_read(struct rw_semaphore *sem)")
def up_read(guest: Guest, lock: int) -> None:
    """`kernel/locking/rwsem.c`: Release a semaphore held for reading."""
    guest.memory.put(lock, guest.memory.u64(lock) - _READER, 8)


@function("void down_write(struct rw_semaphore *sem)")
def down_write(guest: Guest, lock: int) -> None:
    """`kernel/locking/rwsem.c`: Take a read-write semaphore for writing, and wait until nobody holds it."""
    guest.wait_until(lambda: guest.memory.u64(lock) == 0)
    row = view(guest, "rw_semaphore", lock)
    row.count, row.owner = _WRITER, space.TASK


@function("int down_write_killable(struct rw_semaphore *sem)")
def down_write_killable(guest: Guest, lock: int) -> int:
    """`kernel/locking/rwsem.c`: Take a semaphore for writing as `down_write()`; return 0, or -EINTR if a signal ends
    the wait.
    """
    if not guest.wait_until(lambda: guest.memory.u64(lock) == 0, state=KILLABLE):
        return -EINTR
    down_write(guest, lock)
    return 0


@function("int down_write_trylock(struct rw_semaphore *sem)")
def down_write_trylock(guest: Guest, lock: int) -> bool:
    """`kernel/locking/rwsem.c`: Take a semaphore for writing if nobody holds it; return whether it was taken."""
    if guest.memory.u64(lock):
        return False
    down_write(guest, lock)
    return True


@function("void up_write(struct rw_semaphore *sem)")
def up_write(guest: Guest, lock: int) -> None:
    """`kernel/locking/rwsem.c`: Release a semaphore held for writing."""
    row = view(guest, "rw_semaphore", lock)
    row.count = row.owner = 0


@function("void downgrade_write(struct rw_semaphore *sem)")
def downgrade_write(guest: Guest, lock: int) -> None:
    """`kernel/locking/rwsem.c`: Turn a semaphore held for writing into one held for reading."""
    guest.memory.put(lock, _READER, 8)


@function("void down(struct semaphore *sem)")
def down(guest: Guest, lock: int) -> None:
    """`kernel/locking/semaphore.c`: Decrement a semaphore's count, and wait while it is 0."""
    count = view(guest, "semaphore", lock)
    guest.wait_until(lambda: count.count > 0)
    count.count -= 1


@function("int down_interruptible(struct semaphore *sem)", "int down_killable(struct semaphore *sem)")
def down_interruptible(guest: Guest, lock: int) -> int:
    """`kernel/locking/semaphore.c`: Decrement a semaphore as `down()`; return 0, or -EINTR if a
    signal ends the wait.
    """
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, state=KILLABLE):
        return -EINTR
    down(guest, lock)
    return 0


@function("int down_timeout(struct semaphore *sem, long timeout)")
def down_timeout(guest: Guest, lock: int, timeout: int) -> int:
    """`kernel/locking/semaphore.c`: Decrement a semaphore's count; return 0, or -ETIME if it stays 0 for `timeout`
    jiffies.
    """
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, after_jiffies(guest, timeout) if timeout < FOREVER else None):
        return -ETIME
    count.count -= 1
    return 0


@function("int down_trylock(struct semaphore *sem)")
def down_trylock(guest: Guest, lock: int) -> bool:
    """`kernel/locking/semaphore.c`: Decrement a semaphore's count if it is above 0; return 0 if it was, else 1."""
    if not view(guest, "semaphore", lock).count:
        return True
    down(guest, lock)
    return False


@function("void up(struct semaphore *sem)")
def up(guest: Guest, lock: int) -> None:
    """`kernel/locking/semaphore.c`: Increment a semaphore's count."""
    view(guest, "semaphore", lock).count += 1


@function("void synchronize_rcu(void)", "void synchronize_net(void)", "void synchronize_rcu_expedited(void)")
def synchronize_rcu(_guest: Guest) -> None:
    """`kernel/rcu/tree.c`: Return at once: nobody else is in a read-side critical section (`synchronize_net()` is of
    `net/core/dev.c`, `synchronize_rcu_expedited()` of `kernel/rcu/tree_exp.h`).
    """


@function("int init_srcu_struct(struct srcu_struct *ssp)")
def init_srcu_struct(guest: Guest, srcu: int) -> int:
    """`kernel/rcu/srcutree.c`: Return 0: readers are not counted, because there is no second thread to wait for."""
    guest.table("srcu").pop(srcu, None)
    return 0


@function("void cleanup_srcu_struct(struct srcu_struct *ssp)")
def cleanup_srcu_struct(guest: Guest, srcu: int) -> None:
    """`kernel/rcu/srcutree.c`: Forget a structure; there are no readers to complain about."""
    guest.table("srcu").pop(srcu, None)


@function("void synchronize_srcu(struct srcu_struct *ssp)")
def synchronize_srcu(guest: Guest, srcu: int) -> None:
    """`kernel/rcu/srcutree.c`: Have new readers count in the other counter; nobody is waited for."""
    flips = guest.table("srcu")
    flips[srcu] = flips.get(srcu, 0) ^ 1


@function("int __srcu_read_lock(struct srcu_struct *ssp)")
def srcu_read_lock(guest: Guest, srcu: int) -> int:
    """`kernel/rcu/srcutree.c`: Return the index of the counter that is in use, 0 or 1; it is not counted in."""
    return int(guest.table("srcu").get(srcu, 0))


@function("void __srcu_read_unlock(struct srcu_struct *ssp, int idx)")
def srcu_read_unlock(_guest: Guest, _srcu: int, _index: int) -> None:
    """`kernel/rcu/srcutree.c`: Do nothing: readers are not counted."""
