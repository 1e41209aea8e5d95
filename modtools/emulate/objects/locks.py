"""Locks within structures: making them free, with no waiters.

From Linux 6.1: `kernel/locking/mutex.c: __mutex_init()`, `kernel/locking/rwsem.c: __init_rwsem()`. In 7.3 the waiters
are a ring without a head, so that none is a NULL, `first_waiter`; in 7.0 they are a list yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import listhead
from modtools.emulate.symbols.structs import has, size_of, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def init_mutex(guest: Guest, address: int) -> None:
    """Initialise a `struct mutex`."""
    _init(guest, "mutex", address)


def init_rwsem(guest: Guest, address: int) -> None:
    """Initialise a `struct rw_semaphore`."""
    _init(guest, "rw_semaphore", address)


def _init(guest: Guest, name: str, address: int) -> None:
    guest.memory.write(address, bytes(size_of(guest, name)))
    if not has(guest, name, "first_waiter"):
        listhead.init(guest, view(guest, name, address).wait_list.address())
