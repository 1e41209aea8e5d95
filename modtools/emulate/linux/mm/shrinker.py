"""mm/shrinker.c: Shrinkers that the kernel allocates, since Linux commit c42d50aefd17 "mm: shrinker: add infrastructure
for dynamically allocating shrinker" (v6.7). They are never called: there is memory enough.
"""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view

_REGISTERED, _ALLOCATED = 1, 2
_SEEKS = 2
"""`DEFAULT_SEEKS`: how often an object is looked up before it costs as much as reading it."""


@function("struct shrinker *shrinker_alloc(unsigned int flags, const char *fmt, ...)")
def shrinker_alloc(guest: Guest, flags: int, _name: int, _values: Values) -> int:
    """Return a new shrinker, whose caller fills in what to do; its name would be seen in debugfs."""
    row = new(guest, "shrinker")
    row.flags, row.seeks = flags | _ALLOCATED, _SEEKS
    return row.address()


@function("void shrinker_register(struct shrinker *shrinker)")
def shrinker_register(guest: Guest, address: int) -> None:
    """Say that a shrinker is registered."""
    row = view(guest, "shrinker", address)
    row.flags |= _REGISTERED
    row.refcount = 1


@function("void shrinker_free(struct shrinker *shrinker)")
def shrinker_free(guest: Guest, address: int) -> None:
    """Free a shrinker, registered or not; NULL is ignored."""
    if address:
        guest.heap.free(address)
