"""Checks that list operations make, and reference counters' warnings.

From Linux 6.1: `lib/list_debug.c`, `lib/refcount.c`, `lib/bug.c`, `mm/usercopy.c`, `lib/string_helpers.c`.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs

_POISON1, _POISON2 = 0xDEAD000000000100, 0xDEAD000000000122


@function("bool __list_add_valid(struct list_head *new, struct list_head *prev, struct list_head *next)")
def list_add_valid(guest: Guest, new: int, prev: int, following: int) -> bool:
    """`list_head`: next 0, prev 8. A list that is damaged is reported by the kernel with a warning."""
    memory = guest.memory
    if memory.u64(following + 8) != prev or memory.u64(prev) != following or new in (prev, following):
        raise Needs("list_add corruption report")
    return True


@function("bool __list_del_entry_valid(struct list_head *entry)")
def list_del_entry_valid(guest: Guest, entry: int) -> bool:
    """The neighbours must point back."""
    memory = guest.memory
    following, prev = memory.u64(entry), memory.u64(entry + 8)
    if not following or not prev or following == _POISON1 or prev == _POISON2:
        raise Needs("list_del corruption report")
    if memory.u64(prev) != entry or memory.u64(following + 8) != entry:
        raise Needs("list_del corruption report")
    return True


@function("void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)")
def refcount_warn_saturate(_guest: Guest, _counter: int, _kind: int) -> None:
    """A warning of the kernel's own, whose trace nobody can tell here."""
    raise Needs("refcount_t report")


@function("void fortify_panic(const char *name)")
def fortify_panic(_guest: Guest, _name: int) -> None:
    """The machine stops."""
    raise Needs("panic (fortify)")


@function("void __copy_overflow(int size, unsigned long count)")
def copy_overflow(_guest: Guest, _size: int, _count: int) -> None:
    """A warning."""
    raise Needs("buffer overflow report")


@function("void __check_object_size(const void *ptr, unsigned long n, bool to_user)")
def check_object_size(_guest: Guest, _address: int, _size: int, _to_user: int) -> None:
    """Hardened user copies: what is in order passes."""
