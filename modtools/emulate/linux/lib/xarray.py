"""lib/xarray.c: Arrays of pointers by index, with marks.

What they hold stands in the table `xarrays`, by the address of the xarray: index -> entry. `xa_head`, which code looks
at to see whether one is empty, is 0 then, or else points to a place where nothing lies: walking the nodes itself stops
the run.
"""

from __future__ import annotations

from typing import Any

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EBUSY, EINVAL, ENOSPC

_MARKS_COUNT, MARK_BITS = 3, 27
_PRESENT = 8
"""The number that stands for no mark: all entries."""
NOTHING = 1 << 64
"""Stands for a NULL that was stored under a number: the number is taken."""


def entries(guest: Guest, address: int) -> dict[int, int]:
    """Return what an xarray holds, index -> entry: nothing while its `xa_head` is NULL."""
    table: dict[int, Any] = guest.table("xarrays")
    if not view(guest, "xarray", address).xa_head:
        table[address] = {}
    rows: dict[int, int] = table.setdefault(address, {})
    return rows


def changed(guest: Guest, address: int, rows: dict[int, int]) -> None:
    """Set `xa_head` as the entries of an xarray want it: 0 for none."""
    view(guest, "xarray", address).xa_head = guest.address_of("the nodes of an xarray") + 2 if rows else 0


def marked(guest: Guest, address: int, mark: int) -> dict[int, int]:
    """Return the indexes with a mark: none while the mark's bit is clear in `xa_flags`."""
    table: dict[Any, Any] = guest.table("xarray_marks")
    if not view(guest, "xarray", address).xa_flags >> MARK_BITS + mark & 1:
        table[address, mark] = {}
    rows: dict[int, int] = table.setdefault((address, mark), {})
    return rows


def _unmark(guest: Guest, address: int, index: int, mark: int) -> None:
    """Take a mark away from an index that has it, and with the last one the flag of the xarray."""
    rows = marked(guest, address, mark)
    if rows.pop(index, None) and not rows:
        view(guest, "xarray", address).xa_flags &= ~(1 << MARK_BITS + mark)


def store(guest: Guest, address: int, index: int, entry: int) -> int:
    """Store an entry at an index, or remove it with 0; return what was there."""
    rows = entries(guest, address)
    before = rows.pop(index, 0)
    if entry:
        rows[index] = entry
    else:
        for mark in range(_MARKS_COUNT):
            _unmark(guest, address, index, mark)
    changed(guest, address, rows)
    return before


def free_number(rows: dict[int, int], low: int, high: int) -> int:
    """Return the first index from `low` on that is not taken, -ENOSPC if it is above `high`."""
    number = low
    while number in rows:
        number += 1
    return number if number <= high else -ENOSPC


@function("void xa_destroy(struct xarray *xa)")
def destroy(guest: Guest, address: int) -> None:
    """Remove all entries of an xarray."""
    guest.table("xarrays").pop(address, None)
    view(guest, "xarray", address).xa_head = 0


@function("void *xa_load(struct xarray *xa, unsigned long index)")
def xa_load(guest: Guest, address: int, index: int) -> int:
    """Return the entry at an index; NULL if there is none."""
    return entries(guest, address).get(index, 0) % NOTHING


@function(
    "void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)",
    "void *__xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)",
)
def xa_store(guest: Guest, address: int, index: int, entry: int, _flags: int) -> int:
    """Store an entry at an index; return the one that was there."""
    return store(guest, address, index, entry)


@function(
    "void *xa_erase(struct xarray *xa, unsigned long index)", "void *__xa_erase(struct xarray *xa, unsigned long index)"
)
def xa_erase(guest: Guest, address: int, index: int) -> int:
    """Remove and return the entry at an index; NULL if there is none."""
    return store(guest, address, index, 0)


@function("void *__xa_cmpxchg(struct xarray *xa, unsigned long index, void *old, void *entry, gfp_t gfp)")
def xa_cmpxchg(guest: Guest, address: int, index: int, old: int, entry: int, _flags: int) -> int:
    """Store an entry at an index if `old` is there; return what was there."""
    before = entries(guest, address).get(index, 0) % NOTHING
    if before == old:
        store(guest, address, index, entry)
    return before


@function(
    "unsigned int xa_extract(struct xarray *xa, void **dst, unsigned long start, unsigned long max, unsigned int n,"
    " xa_mark_t filter)"
)
def xa_extract(guest: Guest, address: int, target: int, low: int, high: int, limit: int, mark: int) -> int:
    """Store up to `n` entries in order, all or those with a mark; return how many."""
    found = sorted(_fitting(guest, address, low, high, mark))[:limit]
    for number, index in enumerate(found):
        guest.memory.put(target + 8 * number, entries(guest, address)[index], 8)
    return len(found)


def _fitting(guest: Guest, address: int, low: int, high: int, mark: int) -> list[int]:
    """Return the indexes in a range that have an entry, and the mark if there is one; of a NULL that was stored a
    search knows nothing.
    """
    rows = entries(guest, address)
    chosen = rows if mark == _PRESENT else marked(guest, address, mark).keys() & rows.keys()
    return [index for index in chosen if low <= index <= high and rows[index] != NOTHING]


@function("int __xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)")
def xa_insert(guest: Guest, address: int, index: int, entry: int, _flags: int) -> int:
    """Store an entry at an index; return 0, or -EBUSY if there is one."""
    if index in entries(guest, address):
        return -EBUSY
    store(guest, address, index, entry or NOTHING)
    return 0


@function("void *xa_find(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)")
def xa_find(guest: Guest, address: int, place: int, high: int, mark: int) -> int:
    """Return the first entry from `*indexp` on, of all or of those with a mark, and write its index there; NULL if
    there is none.
    """
    return _find(guest, address, place, guest.memory.u64(place), high, mark)


@function("void *xa_find_after(struct xarray *xa, unsigned long *indexp, unsigned long max, xa_mark_t filter)")
def xa_find_after(guest: Guest, address: int, place: int, high: int, mark: int) -> int:
    """Return the first entry behind `*indexp`, of all or of those with a mark, and write its index there; NULL if there
    is none.
    """
    return _find(guest, address, place, guest.memory.u64(place) + 1, high, mark)


def _find(guest: Guest, address: int, place: int, low: int, high: int, mark: int) -> int:
    found = min(_fitting(guest, address, low, high, mark), default=-1)
    if found < 0:
        return 0
    guest.memory.put(place, found, 8)
    return entries(guest, address)[found]


@function(
    "void xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)",
    "void __xa_set_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)",
)
def xa_set_mark(guest: Guest, address: int, index: int, mark: int) -> None:
    """Set a mark at an index that has an entry."""
    if index in entries(guest, address):
        rows = marked(guest, address, mark)
        rows[index] = 1
        view(guest, "xarray", address).xa_flags |= 1 << MARK_BITS + mark


@function(
    "void xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)",
    "void __xa_clear_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)",
)
def xa_clear_mark(guest: Guest, address: int, index: int, mark: int) -> None:
    """Clear a mark at an index, and the array's flag with the last one."""
    _unmark(guest, address, index, mark)


@function("bool xa_get_mark(struct xarray *xa, unsigned long index, xa_mark_t mark)")
def xa_get_mark(guest: Guest, address: int, index: int, mark: int) -> bool:
    """Return whether a mark is set at an index."""
    return index in marked(guest, address, mark)


def _lowest(guest: Guest, address: int, limit: int) -> int:
    """Return the lowest index that a limit allows: not 0 in an array that keeps 0 busy (XA_FLAGS_ZERO_BUSY)."""
    return max(limit >> 32, int(view(guest, "xarray", address).xa_flags) >> 3 & 1)


@function("int __xa_alloc(struct xarray *xa, u32 *id, void *entry, u64 limit, gfp_t gfp)")
def xa_alloc(guest: Guest, address: int, place: int, entry: int, limit: int, _flags: int) -> int:
    """Store an entry at the first free index and the index in `*id`; return 0 or -EBUSY. `struct xa_limit` comes by
    value: the highest in the low half, the lowest in the other.
    """
    number = free_number(entries(guest, address), _lowest(guest, address, limit), limit & 0xFFFFFFFF)
    if number < 0:
        return -EBUSY
    store(guest, address, number, entry or NOTHING)
    guest.memory.put(place, number, 4)
    return 0


@function("int __xa_alloc_cyclic(struct xarray *xa, u32 *id, void *entry, u64 limit, u32 *next, gfp_t gfp)")
def xa_alloc_cyclic(guest: Guest, address: int, place: int, entry: int, limit: int, following: int, _gfp: int) -> int:
    """Store an entry at the first free index from `*next` on and the index in `*id`; return 0, 1 if it had to begin
    anew, or -EBUSY.
    """
    low, high = _lowest(guest, address, limit), limit & 0xFFFFFFFF
    rows, start = entries(guest, address), max(low, guest.memory.u32(following))
    number, again = free_number(rows, start, high), 0
    if number < 0:
        number, again = free_number(rows, low, high), 1
    if number < 0:
        return -EBUSY
    store(guest, address, number, entry or NOTHING)
    guest.memory.put(place, number, 4)
    guest.memory.put(following, number + 1, 4)
    return again


@function("void *xa_store_range(struct xarray *xa, unsigned long first, unsigned long last, void *entry, gfp_t gfp)")
def xa_store_range(guest: Guest, address: int, first: int, last: int, entry: int, _flags: int) -> int:
    """Store one entry at all indexes of a range; return NULL, or -EINVAL as xa_err() reads it."""
    if last < first:
        return -EINVAL << 2 | 2
    guest.bounded(last - first)
    for index in range(first, last + 1):
        store(guest, address, index, entry)
    return 0
