"""lib/sort.c: Sorting tables in place."""

from __future__ import annotations

import functools

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func)")
def sort(guest: Guest, base: int, count: int, size: int, compare: int, _swap: int) -> None:
    """Sort an array with the caller's comparison, which gets copies; equal elements keep their order, which Linux does
    not promise. `swap_func` is not called.
    """
    guest.bounded(count * size)
    rows = [guest.memory.read(base + at * size, size) for at in range(count)]
    one, two = guest.heap.kmalloc(size), guest.heap.kmalloc(size)

    def difference(left: bytes, right: bytes) -> int:
        guest.memory.write(one, left)
        guest.memory.write(two, right)
        return guest.call_signed(compare, one, two)

    rows.sort(key=functools.cmp_to_key(difference))
    guest.memory.write(base, b"".join(rows))
    guest.heap.free(one)
    guest.heap.free(two)
