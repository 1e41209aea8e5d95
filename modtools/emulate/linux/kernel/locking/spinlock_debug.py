"""kernel/locking/spinlock_debug.c: Initialising spin locks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key, short inner)")
def spin_lock_init(guest: Guest, lock: int, _name: int, _key: int, _inner: int) -> None:
    """Initialise a spinlock as free."""
    guest.memory.put(lock, 0, 4)
