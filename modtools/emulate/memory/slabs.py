"""Slabs of caches whose objects keep their content while they are free, because a constructor has made it.

Stands for `mm/slub.c: calculate_order(), ___slab_alloc(), __slab_free()` of Linux 6.1, on one processor: it takes from
one slab until that is used up, then from the last one that became partly free, then from a new one. The table `slabs`
has by cache: the slab that is taken from, the others that are partly free, the slab of each object, and by slab its
free objects, the next one last.
"""

from __future__ import annotations

from typing import Any, Protocol

from modtools.link.memory import PAGE

_WORD = 8
_LARGEST_ORDER, _MINIMUM = 3, 8
"""slub_max_order, and how many objects a slab shall have with one processor."""
_FRACTIONS = (16, 8, 4)
"""What part of a slab may be left over: ever more is tried."""


class Heap(Protocol):
    """What gives memory to slabs, and knows which objects are given out."""

    def object(self, size: int, align: int, owner: int) -> int:
        """Return the address of one zeroed object of a cache, given out."""

    def give(self, address: int, size: int, owner: int) -> None:
        """Note that an object of a cache is given out."""

    def forget(self, address: int) -> None:
        """Note that an object of a cache is not given out."""


def distance(size: int, align: int) -> int:
    """Return the bytes from one object to the next, behind each of which is the pointer to the next free one."""
    whole = -(-size // _WORD) * _WORD + _WORD
    return -(-whole // align) * align


def count(size: int) -> int:
    """Return how many objects of so many bytes a slab has."""
    return (PAGE << _order(size)) // size


def _order(size: int) -> int:
    wanted = min(_MINIMUM, (PAGE << _LARGEST_ORDER) // size)
    for objects in range(wanted, 1, -1):
        for fraction in _FRACTIONS:
            for order in range(_order_of(objects * size), _LARGEST_ORDER + 1):
                if (PAGE << order) % size <= (PAGE << order) // fraction:
                    return order
    return _order_of(size)


def _order_of(size: int) -> int:
    """Return the power of two of pages that hold so many bytes (`get_order()`)."""
    return (-(-size // PAGE) - 1).bit_length()


class Slabs:
    """The slabs of one cache."""

    def __init__(self, heap: Heap, table: dict[Any, Any], cache: int) -> None:
        self._heap = heap
        empty: dict[str, Any] = {"current": 0, "partial": [], "slab": {}, "free": {}}
        self._row = table.setdefault(cache, empty)
        self._cache = cache

    def take(self, size: int, align: int) -> tuple[int, list[int]]:
        """Return an object, and those that a new slab has, in which all must be constructed."""
        row, new = self._row, []
        if not row["free"].get(row["current"]):
            if row["partial"]:
                row["current"] = row["partial"].pop()
            else:
                new = [self._heap.object(size, align, self._cache) for _ in range(count(size))]
                row["current"] = new[0]
                row["slab"] |= dict.fromkeys(new, new[0])
                row["free"][new[0]] = new[::-1]
                for address in new:
                    self._heap.forget(address)
        address = row["free"][row["current"]].pop()
        self._heap.give(address, size, self._cache)
        return address, new

    def put(self, address: int) -> None:
        """Take an object back, for the next one who takes from its slab."""
        slab = self._row["slab"][address]
        free = self._row["free"][slab]
        if not free and slab != self._row["current"]:
            self._row["partial"].append(slab)
        free.append(address)

    def put_again(self, address: int) -> bool:
        """Take an object back that was free already; return False where the slab notices it, because it was the last
        one.
        """
        free = self._row["free"][self._row["slab"][address]]
        noticed = bool(free) and free[-1] == address
        if not noticed:
            free.append(address)
        return not noticed
