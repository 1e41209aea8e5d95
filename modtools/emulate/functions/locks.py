"""Locks. There is one processor and one thread of control, so that a lock is either free or never will be.

From Linux 6.1: `kernel/locking/mutex.c`, `rwsem.c`, `semaphore.c`, `spinlock.c`, `kernel/rcu/tree.c`. A mutex is
taken when its owner (the first word) is a task; a spinlock when its first word is not 0. Spinlocks are machine code:
they only store, and switch the processor's flag of interrupts, which nothing but irqs_disabled() looks at.
"""

from __future__ import annotations

from modtools.emulate import listhead, space
from modtools.emulate.clock import FOREVER, after_jiffies
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, native
from modtools.emulate.signals import KILLABLE
from modtools.emulate.structs import view
from modtools.linuxerrno import EINTR, ETIME

_WRITER, _READER = 1, 0x100

native("_raw_spin_lock", "c70701000000c3")
native("_raw_spin_lock_irq", "c70701000000fac3")  # what ends in fa disables interrupts, fb enables them
native("_raw_spin_lock_bh", "c70701000000c3")
native("_raw_spin_lock_irqsave", "c707010000009c58fac3")  # 9c58: the flags to RAX
native("_raw_spin_unlock", "c60700c3")
native("_raw_spin_unlock_irq", "c60700fbc3")
native("_raw_spin_unlock_bh", "c60700c3")
native("_raw_spin_unlock_irqrestore", "c60700f7c6000200007401fbc3")  # f7c600020000: were they enabled?
native("_raw_write_lock", "c707ff000000c3")
native("_raw_write_lock_irq", "c707ff000000fac3")
native("_raw_write_lock_bh", "c707ff000000c3")
native("_raw_write_lock_irqsave", "c707ff0000009c58fac3")
native("_raw_write_unlock", "c60700c3")
native("_raw_write_unlock_irq", "c60700fbc3")
native("_raw_write_unlock_bh", "c60700c3")
native("_raw_write_unlock_irqrestore", "c60700f7c6000200007401fbc3")
native("_raw_read_lock", "810700020000c3")
native("_raw_read_lock_irq", "810700020000fac3")
native("_raw_read_lock_bh", "810700020000c3")
native("_raw_read_lock_irqsave", "8107000200009c58fac3")
native("_raw_read_unlock", "812f00020000c3")
native("_raw_read_unlock_irq", "812f00020000fbc3")
native("_raw_read_unlock_bh", "812f00020000c3")
native("_raw_read_unlock_irqrestore", "812f00020000f7c6000200007401fbc3")
native("__rcu_read_lock", "c3")
native("__rcu_read_unlock", "c3")
native("__SCT__might_resched", "31c0c3")
native("__SCT__cond_resched", "31c0c3")
native("__SCT__preempt_schedule", "c3")
native("__SCT__preempt_schedule_notrace", "c3")
native("__local_bh_enable_ip", "c3")


@function("int _raw_spin_trylock(raw_spinlock_t *lock)", "int _raw_spin_trylock_bh(raw_spinlock_t *lock)")
def spin_trylock(guest: Guest, lock: int) -> bool:
    """Only one that is free."""
    free = guest.memory.u32(lock) == 0
    if free:
        guest.memory.put(lock, 1, 4)
    return free


@function("void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key, short inner)")
def spin_lock_init(guest: Guest, lock: int, _name: int, _key: int, _inner: int) -> None:
    """Free."""
    guest.memory.put(lock, 0, 4)


@function("void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)")
def mutex_init(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Free, and nobody waits."""
    guest.memory.write(lock, bytes(16))
    listhead.init(guest, view(guest, "mutex", lock).wait_list.address())


@function("void mutex_lock(struct mutex *lock)", "void mutex_lock_io(struct mutex *lock)")
def mutex_lock(guest: Guest, lock: int) -> None:
    """Taken until it is given back; one that is taken already blocks for good."""
    guest.wait_until(lambda: guest.memory.u64(lock) == 0)
    guest.memory.put(lock, space.TASK, 8)


@function("int mutex_lock_interruptible(struct mutex *lock)", "int mutex_lock_killable(struct mutex *lock)")
def mutex_lock_interruptible(guest: Guest, lock: int) -> int:
    """Until a signal comes."""
    if not guest.wait_until(lambda: guest.memory.u64(lock) == 0, state=KILLABLE):
        return -EINTR
    mutex_lock(guest, lock)
    return 0


@function("int mutex_trylock(struct mutex *lock)")
def mutex_trylock(guest: Guest, lock: int) -> bool:
    """Only a free one."""
    if guest.memory.u64(lock):
        return False
    guest.memory.put(lock, space.TASK, 8)
    return True


@function("void mutex_unlock(struct mutex *lock)")
def mutex_unlock(guest: Guest, lock: int) -> None:
    """Given back."""
    guest.memory.put(lock, 0, 8)


@function("bool mutex_is_locked(struct mutex *lock)")
def mutex_is_locked(guest: Guest, lock: int) -> bool:
    """Whether it is taken."""
    return guest.memory.u64(lock) != 0


@function("int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock)")
def atomic_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """`kernel/locking/mutex.c`: the lock is held when the counter has come to 0."""
    value = guest.memory.s32(counter) - 1
    if value:
        guest.memory.put(counter, value, 4)
        return False
    mutex_lock(guest, lock)
    guest.memory.put(counter, 0, 4)
    return True


@function("bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)")
def refcount_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """`lib/refcount.c`: the same."""
    return bool(atomic_dec_and_mutex_lock(guest, counter, lock))


@function("void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)")
def init_rwsem(guest: Guest, lock: int, _name: int, _key: int) -> None:
    """Free, and nobody waits."""
    guest.memory.write(lock, bytes(24))
    listhead.init(guest, view(guest, "rw_semaphore", lock).wait_list.address())


@function("void down_read(struct rw_semaphore *sem)")
def down_read(guest: Guest, lock: int) -> None:
    """Among any number of readers."""
    guest.wait_until(lambda: not guest.memory.u64(lock) & _WRITER)
    guest.memory.put(lock, guest.memory.u64(lock) + _READER, 8)


@function("int down_read_interruptible(struct rw_semaphore *sem)", "int down_read_killable(struct rw_semaphore *sem)")
def down_read_killable(guest: Guest, lock: int) -> int:
    """Until a signal comes."""
    if not guest.wait_until(lambda: not guest.memory.u64(lock) & _WRITER, state=KILLABLE):
        return -EINTR
    down_read(guest, lock)
    return 0


@function("int down_read_trylock(struct rw_semaphore *sem)")
def down_read_trylock(guest: Guest, lock: int) -> bool:
    """Unless a writer has it."""
    if guest.memory.u64(lock) & _WRITER:
        return False
    down_read(guest, lock)
    return True


@function("void up_read(struct rw_semaphore *sem)")
def up_read(guest: Guest, lock: int) -> None:
    """One reader less."""
    guest.memory.put(lock, guest.memory.u64(lock) - _READER, 8)


@function("void down_write(struct rw_semaphore *sem)")
def down_write(guest: Guest, lock: int) -> None:
    """Alone."""
    guest.wait_until(lambda: guest.memory.u64(lock) == 0)
    guest.memory.put(lock, _WRITER, 8)
    guest.memory.put(lock + 8, space.TASK, 8)


@function("int down_write_killable(struct rw_semaphore *sem)")
def down_write_killable(guest: Guest, lock: int) -> int:
    """Until a signal comes."""
    if not guest.wait_until(lambda: guest.memory.u64(lock) == 0, state=KILLABLE):
        return -EINTR
    down_write(guest, lock)
    return 0


@function("int down_write_trylock(struct rw_semaphore *sem)")
def down_write_trylock(guest: Guest, lock: int) -> bool:
    """Only a free one."""
    if guest.memory.u64(lock):
        return False
    down_write(guest, lock)
    return True


@function("void up_write(struct rw_semaphore *sem)")
def up_write(guest: Guest, lock: int) -> None:
    """Given back."""
    guest.memory.put(lock, 0, 8)
    guest.memory.put(lock + 8, 0, 8)


@function("void downgrade_write(struct rw_semaphore *sem)")
def downgrade_write(guest: Guest, lock: int) -> None:
    """From writer to reader."""
    guest.memory.put(lock, _READER, 8)


@function("void down(struct semaphore *sem)")
def down(guest: Guest, lock: int) -> None:
    """One less; with none left it blocks."""
    count = view(guest, "semaphore", lock)
    guest.wait_until(lambda: count.count > 0)
    count.count -= 1


@function("int down_interruptible(struct semaphore *sem)", "int down_killable(struct semaphore *sem)")
def down_interruptible(guest: Guest, lock: int) -> int:
    """Until a signal comes."""
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, state=KILLABLE):
        return -EINTR
    down(guest, lock)
    return 0


@function("int down_timeout(struct semaphore *sem, long timeout)")
def down_timeout(guest: Guest, lock: int, timeout: int) -> int:
    """-ETIME when so many ticks have passed with none left."""
    count = view(guest, "semaphore", lock)
    if not guest.wait_until(lambda: count.count > 0, after_jiffies(guest, timeout) if timeout < FOREVER else None):
        return -ETIME
    count.count -= 1
    return 0


@function("int down_trylock(struct semaphore *sem)")
def down_trylock(guest: Guest, lock: int) -> bool:
    """1 if there is none left."""
    if not view(guest, "semaphore", lock).count:
        return True
    down(guest, lock)
    return False


@function("void up(struct semaphore *sem)")
def up(guest: Guest, lock: int) -> None:
    """One more."""
    view(guest, "semaphore", lock).count += 1


@function("void synchronize_rcu(void)", "void synchronize_net(void)", "void synchronize_rcu_expedited(void)")
def synchronize_rcu(_guest: Guest) -> None:
    """Nobody else is reading."""


@function("int init_srcu_struct(struct srcu_struct *ssp)")
def init_srcu_struct(_guest: Guest, _srcu: int) -> int:
    """Nothing is counted: nobody else reads."""
    return 0


@function("void cleanup_srcu_struct(struct srcu_struct *ssp)", "void synchronize_srcu(struct srcu_struct *ssp)")
def cleanup_srcu_struct(_guest: Guest, _srcu: int) -> None:
    """Nobody reads."""


@function("int __srcu_read_lock(struct srcu_struct *ssp)")
def srcu_read_lock(_guest: Guest, _srcu: int) -> int:
    """The number of the counter, which is never flipped."""
    return 0


@function("void __srcu_read_unlock(struct srcu_struct *ssp, int idx)")
def srcu_read_unlock(_guest: Guest, _srcu: int, _index: int) -> None:
    """Nothing is counted."""
