"""Locks within structures: making them free, and who holds them.

From Linux 6.1: `kernel/locking/mutex.c: __mutex_init()`, `kernel/locking/rwsem.c: __init_rwsem()`. In 7.3 the waiters
are a ring without a head, so that none is a NULL, `first_waiter`; in 7.0 they are a list yet.

With PREEMPT_RT a mutex is an rtmutex, whose owner says whether it is held, and read-write locks of both kinds, that
sleep and that spin, are a `struct rwbase_rt` (`include/linux/rwbase_rt.h`, `kernel/locking/rwbase_rt.c`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from modtools.emulate.memory import address_space
from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import View, has, size_of, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_WRITER, _READER = 1, 0x100
_RW_BASE = "rwbase_rt"
"""A structure that only kernels with PREEMPT_RT have."""
_FREE, _WRITTEN = 1 << 31, 1 << 30
"""READER_BIAS and WRITER_BIAS: what is counted while nobody holds the lock, and while a writer does."""


class ReadWrite(Protocol):
    """A lock for many readers or one writer."""

    def is_written(self) -> bool:
        """Return whether a writer holds the lock."""

    def is_held(self) -> bool:
        """Return whether anybody holds it."""

    def read(self, readers: int, /) -> None:
        """Add to the number of readers that hold it."""

    def write(self) -> None:
        """Let this task hold it as a writer."""

    def release(self, readers: int = 0) -> None:
        """Take it from its writer, and leave it to so many readers."""


def init_mutex(guest: Guest, address: int) -> None:
    """Initialise a `struct mutex`."""
    guest.memory.write(address, bytes(size_of(guest, "mutex")))
    if not has(guest, "mutex", "rtmutex"):
        _init_waiters(guest, "mutex", address)


def owned(guest: Guest, address: int) -> View:
    """Return the part of a `struct mutex` whose `owner` is 0 while nobody holds it."""
    return view(guest, "rt_mutex_base" if has(guest, "mutex", "rtmutex") else "mutex", address)


def init_rwsem(guest: Guest, address: int) -> None:
    """Initialise a `struct rw_semaphore`."""
    guest.memory.write(address, bytes(size_of(guest, "rw_semaphore")))
    if has(guest, "rw_semaphore", "rwbase"):
        rwsem(guest, address).release()
    else:
        _init_waiters(guest, "rw_semaphore", address)


def rwsem(guest: Guest, address: int) -> ReadWrite:
    """Return a `struct rw_semaphore`."""
    if has(guest, "rw_semaphore", "rwbase"):
        return rw_base(guest, address)
    return _Counted(view(guest, "rw_semaphore", address))


def rw_base(guest: Guest, address: int) -> ReadWrite:
    """Return a `struct rwbase_rt`, with which the read-write locks of PREEMPT_RT begin."""
    return _RwBase(view(guest, _RW_BASE, address))


def _init_waiters(guest: Guest, name: str, address: int) -> None:
    if not has(guest, name, "first_waiter"):
        listhead.init(guest, view(guest, name, address).wait_list.address())


class _Counted:
    """A `struct rw_semaphore` that counts its readers, and has its writer in a bit."""

    def __init__(self, row: View) -> None:
        self._row = row

    def is_written(self) -> bool:
        """Return whether a writer holds the lock."""
        return bool(self._row.count & _WRITER)

    def is_held(self) -> bool:
        """Return whether anybody holds it."""
        return bool(self._row.count)

    def read(self, readers: int, /) -> None:
        """Add to the number of readers that hold it."""
        self._row.count += readers * _READER

    def write(self) -> None:
        """Let this task hold it as a writer."""
        self._row.count, self._row.owner = _WRITER, address_space.TASK

    def release(self, readers: int = 0) -> None:
        """Take it from its writer, and leave it to so many readers."""
        self._row.count, self._row.owner = readers * _READER, 0


class _RwBase:
    """A `struct rwbase_rt`: readers are counted from a bias on, and a writer holds the mutex in it."""

    def __init__(self, row: View) -> None:
        self._row = row

    def _set(self, readers: int, owner: int) -> None:
        self._row.readers, self._row.rtmutex.owner = readers, owner

    def is_written(self) -> bool:
        """Return whether a writer holds the lock."""
        return bool(self._row.readers & 0xFFFFFFFF == _WRITTEN)

    def is_held(self) -> bool:
        """Return whether anybody holds it."""
        return bool(self._row.readers & 0xFFFFFFFF != _FREE)

    def read(self, readers: int, /) -> None:
        """Add to the number of readers that hold it."""
        self._row.readers += readers

    def write(self) -> None:
        """Let this task hold it as a writer."""
        self._set(_WRITTEN, address_space.TASK)

    def release(self, readers: int = 0) -> None:
        """Take it from its writer, and leave it to so many readers."""
        self._set(_FREE + readers, 0)
