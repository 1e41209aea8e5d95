"""lib/crypto/memneq.c: Comparing memory in constant time."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("unsigned long __crypto_memneq(const void *a, const void *b, size_t size)")
def crypto_memneq(guest: Guest, one: int, two: int, size: int) -> bool:
    """Return whether two regions of memory differ."""
    size = guest.bounded(size)
    return bool(size) and guest.memory.read(one, size) != guest.memory.read(two, size)
