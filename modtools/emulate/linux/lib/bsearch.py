"""lib/bsearch.c: Looking into a sorted table."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)")
def bsearch(guest: Guest, key: int, base: int, count: int, size: int, compare: int) -> int:
    """Search a sorted array with the caller's comparison; return an element that compares equal, or NULL."""
    while count:
        middle = base + (count >> 1) * size
        result = guest.call_signed(compare, key, middle)
        if not result:
            return middle
        if result > 0:
            base, count = middle + size, count - 1
        count >>= 1
    return 0
