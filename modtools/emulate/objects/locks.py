"""Locks within structures: making them free, with no waiters.

From Linux 6.1: `kernel/locking/mutex.c: __mutex_init()`, `kernel/locking/rwsem.c: __init_rwsem()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import size_of, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def init_mutex(guest: Guest, address: int) -> None:
    """Initialise a `struct mutex`."""
    guest.memory.write(address, bytes(size_of(guest, "mutex")))
    listhead.init(guest, view(guest, "mutex", address).wait_list.address())


def init_rwsem(guest: Guest, address: int) -> None:
    """Initialise a `struct rw_semaphore`."""
    guest.memory.write(address, bytes(size_of(guest, "rw_semaphore")))
    listhead.init(guest, view(guest, "rw_semaphore", address).wait_list.address())
