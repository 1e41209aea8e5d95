"""Locks of a kernel with PREEMPT_RT: tests of rtmutex_api.py, spinlock_rt.py, mutex.py and rwsem.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from modtools import profiles
from modtools.emulate.calls import perform
from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import softirq
from modtools.emulate.linux.kernel.locking import mutex, rtmutex_api, rwsem, spinlock_rt
from modtools.emulate.memory import address_space
from modtools.emulate.symbols import registry
from modtools.emulate.symbols.structs import has, new, offset_of, view
from modtools.kernel.runner import End
from modtools.linuxerrno import EINTR
from modtools.profiles import Extent
from tests.emulated import boot_altered, log

pytest.importorskip("unicorn")

HOME = profiles.load("debian-12")
LAYOUTS: dict[str, list[Any]] = {
    "mutex": [32, {"rtmutex": [0, 32, "rt_mutex_base"]}],
    "rw_semaphore": [40, {"rwbase": [0, 40, "rwbase_rt"]}],
    "rwbase_rt": [40, {"readers": [0, 4, "s"], "rtmutex": [8, 32, "rt_mutex_base"]}],
}
"""As the BTF of Debian's 6.1.0-57-rt-amd64 has them."""
FREE = 1 << 31
"""What the code of modules takes for a read-write lock that nobody holds: READER_BIAS."""


@pytest.fixture
def realtime() -> Guest:
    """Debian's 6.1 with the locks of its kernel for real time."""
    lines = (HOME.files.read("structs.jsonl") or b"").decode().splitlines()
    rows = {name: rest for name, *rest in map(json.loads, lines)} | LAYOUTS
    size, fields = rows["task_struct"]
    rows["task_struct"] = [size + 8, fields | {"softirq_disable_cnt": [size, 4, "s"]}]
    text = "".join(json.dumps([name, *rest]) + "\n" for name, rest in sorted(rows.items()))
    memory = HOME.memory or Extent(0, 0)
    return boot_altered("debian-12", memory=memory, exports=HOME.files.read("exports.bin") or b"", structures=text)


def readers(guest: Guest, lock: int) -> int:
    """What a lock counts, as inline code reads it."""
    return guest.memory.u32(lock)


def test_a_mutex_is_held_while_its_rtmutex_has_an_owner(realtime: Guest) -> None:
    """`mutex_is_locked()` is inline there, and reads the owner."""
    lock = new(realtime, "mutex").address()
    rtmutex_api.mutex_rt_init_generic(realtime, lock)
    owner = offset_of(realtime, "mutex", "rtmutex.owner")
    mutex.mutex_lock(realtime, lock)
    assert realtime.memory.u64(lock + owner) == address_space.TASK
    assert not mutex.mutex_trylock(realtime, lock)
    mutex.mutex_unlock(realtime, lock)
    assert realtime.memory.read(lock, 32) == bytes(32)


def test_a_mutex_is_initialised_by_its_user(realtime: Guest) -> None:
    """Until 6.15 the inside comes from `rt_mutex_base_init()`, and what follows is for lockdep alone."""
    lock = new(realtime, "mutex").address()
    realtime.memory.write(lock, b"\xff" * 32)
    rtmutex_api.rt_mutex_base_init(realtime, lock)
    mutex.mutex_lock(realtime, lock)
    rtmutex_api.mutex_rt_init(realtime, lock, 0, 0)
    assert not mutex.mutex_trylock(realtime, lock)


def test_an_rtmutex_is_one_in_every_kernel(guest: Guest, realtime: Guest) -> None:
    """Kernels without PREEMPT_RT have it, too: the buses of I2C are locked by one."""
    for kernel in (guest, realtime):
        lock = new(kernel, "rt_mutex").address()
        kernel.memory.write(lock, b"\xff" * 32)
        rtmutex_api.rt_mutex_init(kernel, lock, 0, 0)
        rtmutex_api.rt_mutex_lock(kernel, lock)
        assert not rtmutex_api.rt_mutex_trylock(kernel, lock)
        for wait in (rtmutex_api.rt_mutex_lock_interruptible, rtmutex_api.rt_mutex_lock_killable):
            assert perform(kernel, lambda kernel, wait=wait, lock=lock: wait(kernel, lock)).value == -EINTR  # type: ignore[misc]
        rtmutex_api.rt_mutex_unlock(kernel, lock)
        assert rtmutex_api.rt_mutex_trylock(kernel, lock)


def test_a_spin_lock_sleeps(realtime: Guest) -> None:
    """Who takes it twice waits for good, and is complained about."""
    lock = new(realtime, "rt_mutex_base").address()
    spinlock_rt.rt_spin_lock(realtime, lock)
    assert not spinlock_rt.rt_spin_trylock(realtime, lock)
    assert perform(realtime, lambda guest: spinlock_rt.rt_spin_lock(guest, lock) or 0).end is End.STUCK
    assert "blocked for more than 120 seconds" in log(realtime)[0]
    spinlock_rt.rt_spin_unlock(realtime, lock)
    spinlock_rt.rt_spin_lock_unlock(realtime, lock)
    assert view(realtime, "rt_mutex_base", lock).owner == 0


def test_softirqs_are_counted_for_each_task(realtime: Guest) -> None:
    """`in_softirq()` reads the count of the task that runs."""
    lock = new(realtime, "rt_mutex_base").address()
    count = address_space.TASK + offset_of(realtime, "task_struct", "softirq_disable_cnt")
    assert spinlock_rt.rt_spin_trylock_bh(realtime, lock)
    softirq.local_bh_disable_ip(realtime, 0, 0x200)
    assert not spinlock_rt.rt_spin_trylock_bh(realtime, lock)
    assert realtime.memory.u32(count) == 0x400
    softirq.local_bh_enable_ip(realtime, 0, 0x200)
    assert realtime.memory.u32(count) == 0x200


def test_read_write_locks_count_from_a_bias(realtime: Guest) -> None:
    """Those that spin elsewhere, and semaphores, are the same there."""
    semaphore = new(realtime, "rw_semaphore").address()
    rwsem.init_rwsem(realtime, semaphore, 0, 0)
    assert readers(realtime, semaphore) == FREE
    rwsem.down_read(realtime, semaphore)
    spinlock_rt.rt_read_lock(realtime, semaphore)
    assert readers(realtime, semaphore) == FREE + 2
    assert not rwsem.down_write_trylock(realtime, semaphore)
    spinlock_rt.rt_read_unlock(realtime, semaphore)
    rwsem.up_read(realtime, semaphore)
    assert spinlock_rt.rt_write_trylock(realtime, semaphore)
    assert readers(realtime, semaphore) == 1 << 30
    assert not rwsem.down_read_trylock(realtime, semaphore)
    assert not spinlock_rt.rt_read_trylock(realtime, semaphore)
    rwsem.downgrade_write(realtime, semaphore)
    assert readers(realtime, semaphore) == FREE + 1
    rwsem.up_read(realtime, semaphore)
    spinlock_rt.rt_write_lock(realtime, semaphore)
    spinlock_rt.rt_write_unlock(realtime, semaphore)
    assert realtime.memory.read(semaphore, 40) == FREE.to_bytes(4, "little") + bytes(36)


@pytest.mark.parametrize("name", ["rt_mutex_base_init", "rt_spin_lock", "rt_write_unlock", "__mutex_rt_init"])
def test_a_kernels_own_prototypes_fit(name: str) -> None:
    """The declarations are those of the kernel's BTF."""
    prototypes = {
        "rt_mutex_base_init": "void rt_mutex_base_init(struct rt_mutex_base *rtb)",
        "rt_spin_lock": "void rt_spin_lock(spinlock_t *lock)",
        "rt_write_unlock": "void rt_write_unlock(rwlock_t *rwlock)",
        "__mutex_rt_init": "void __mutex_rt_init(struct mutex *mutex, const char *name, struct lock_class_key *key)",
    }
    assert registry.find_in(name, prototypes, {}) is not None


def test_other_kernels_have_none_of_it(guest: Guest) -> None:
    """Their mutexes and semaphores have other layouts, and are told apart by these."""
    assert not has(guest, "mutex", "rtmutex")
    assert not has(guest, "rwbase_rt")
