"""lib/refcount.c: Reference counters, and their warnings."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking.mutex import atomic_dec_and_mutex_lock
from modtools.emulate.objects import refcounts
from modtools.emulate.symbols.registry import function


@function("void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)")
def refcount_warn_saturate(guest: Guest, counter: int, kind: int) -> None:
    """Set a counter that has become wrong to a value that it never leaves, and warn the first time of each kind."""
    refcounts.saturate(guest, counter, kind)


@function("bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)")
def refcount_dec_and_mutex_lock(guest: Guest, counter: int, lock: int) -> bool:
    """Decrement a reference counter, and take the mutex if it comes to 0; return whether the mutex is held."""
    return bool(atomic_dec_and_mutex_lock(guest, counter, lock))
