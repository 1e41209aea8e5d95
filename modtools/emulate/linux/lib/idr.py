"""lib/idr.c: Allocating numbers for pointers: idr and ida, which are xarrays."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import xarray
from modtools.emulate.linux.lib.xarray import NOTHING, free_number
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.integers import signed
from modtools.linuxerrno import EINVAL, ENOENT, ENOSPC

_INT_MAX = 0x7FFFFFFF


def _allocate(guest: Guest, idr: int, pointer: int, low: int, high: int) -> int:
    base = int(view(guest, "idr", idr).idr_base)
    rows = xarray.entries(guest, idr)
    number = free_number(rows, max(low - base, 0), high - base)
    if number >= 0:
        rows[number] = pointer or NOTHING
        xarray.changed(guest, idr, rows)
        return number + base
    return number


@function("int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)")
def idr_alloc(guest: Guest, idr: int, pointer: int, start: int, end: int, _flags: int) -> int:
    """Store a pointer at the lowest free number from `start` on, below `end` if that is above 0; return it, -EINVAL or
    -ENOSPC.
    """
    if start < 0:
        return -EINVAL
    return _allocate(guest, idr, pointer, start, end - 1 if end > 0 else _INT_MAX)


@function("int idr_alloc_u32(struct idr *idr, void *ptr, u32 *nextid, unsigned long max, gfp_t gfp)")
def idr_alloc_u32(guest: Guest, idr: int, pointer: int, place: int, high: int, _flags: int) -> int:
    """Store a pointer at the lowest free number from `*nextid` to `max` and write it there; return 0 or -ENOSPC."""
    number = _allocate(guest, idr, pointer, guest.memory.u32(place), high)
    if number < 0:
        return number
    guest.memory.put(place, number, 4)
    return 0


@function("int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)")
def idr_alloc_cyclic(guest: Guest, idr: int, pointer: int, start: int, end: int, _flags: int) -> int:
    """Store a pointer at the lowest free number after the last one given, or else from `start` on; return it or
    -ENOSPC.
    """
    row = view(guest, "idr", idr)
    high = end - 1 if end > 0 else _INT_MAX
    number = _allocate(guest, idr, pointer, max(row.idr_next, start), high)
    if number == -ENOSPC and row.idr_next > start:
        number = _allocate(guest, idr, pointer, start, high)
    if number >= 0:
        row.idr_next = number + 1
    return number


@function("void *idr_remove(struct idr *idr, unsigned long id)")
def idr_remove(guest: Guest, idr: int, number: int) -> int:
    """Remove the pointer at a number; return it, or NULL."""
    return xarray.store(guest, idr, number - view(guest, "idr", idr).idr_base, 0) % NOTHING


@function("void *idr_find(const struct idr *idr, unsigned long id)")
def idr_find(guest: Guest, idr: int, number: int) -> int:
    """Return the pointer at a number, or NULL."""
    return xarray.entries(guest, idr).get(number - view(guest, "idr", idr).idr_base, 0) % NOTHING


@function("void *idr_replace(struct idr *idr, void *ptr, unsigned long id)")
def idr_replace(guest: Guest, idr: int, pointer: int, number: int) -> int:
    """Replace the pointer at a number that is taken; return the old one, or -ENOENT."""
    index = number - view(guest, "idr", idr).idr_base
    if index not in xarray.entries(guest, idr):
        return -ENOENT
    return xarray.store(guest, idr, index, pointer or NOTHING) % NOTHING


@function("int idr_for_each(const struct idr *idr, void *fn, void *data)")
def idr_for_each(guest: Guest, idr: int, call: int, data: int) -> int:
    """Call fn(number, pointer, data) for each number in order whose pointer is not NULL, until one returns non-zero;
    return that, or 0.
    """
    base = view(guest, "idr", idr).idr_base
    for number, pointer in sorted(xarray.entries(guest, idr).items()):
        result = guest.call_signed(call, number + base, pointer, data) if pointer != NOTHING else 0
        if result:
            return result
    return 0


@function("void *idr_get_next(struct idr *idr, int *nextid)")
def idr_get_next(guest: Guest, idr: int, place: int) -> int:
    """Return the first pointer from `*nextid` on that is not NULL and write its number there; NULL if there is none."""
    return _next(guest, idr, guest.memory.s32(place), place, 4)


def _next(guest: Guest, idr: int, start: int, place: int, size: int) -> int:
    base, known = view(guest, "idr", idr).idr_base, xarray.entries(guest, idr)
    found = min((n for n, pointer in known.items() if n >= start - base and pointer != NOTHING), default=-1)
    if found < 0:
        return 0
    guest.memory.put(place, found + base, size)
    return known[found]


@function("void *idr_get_next_ul(struct idr *idr, unsigned long *nextid)")
def idr_get_next_ul(guest: Guest, idr: int, place: int) -> int:
    """Return the first pointer from `*nextid`, a number of 64 bits, on and write its number there; NULL if there is
    none.
    """
    return _next(guest, idr, guest.memory.u64(place), place, 8)


@function("int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)")
def ida_alloc_range(guest: Guest, ida: int, low: int, high: int, _flags: int) -> int:
    """Take the lowest free number from `min` to `max`; return it or -ENOSPC."""
    if low > _INT_MAX:
        return -ENOSPC
    rows = xarray.entries(guest, ida)
    number = free_number(rows, low, min(high, _INT_MAX))
    if number >= 0:
        rows[number] = NOTHING
        xarray.changed(guest, ida, rows)
    return number


@function("void ida_free(struct ida *ida, unsigned int id)")
def ida_free(guest: Guest, ida: int, number: int) -> None:
    """Give a number back, or warn that it is free."""
    if not xarray.store(guest, ida, number, 0):
        text = f"ida_free called for id={signed(number, 32)} which is not allocated."
        report_kernel_warning(guest, "ida_free", text)


function("void ida_destroy(struct ida *ida)")(xarray.destroy)
