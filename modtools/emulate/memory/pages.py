"""Pages, and `struct page`: which address stands for which page.

From Linux 6.1: `include/asm-generic/memory_model.h`, `mm/page_alloc.c`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.link.memory import PAGE, READ, WRITE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_MAX_ORDER = 11
_PLACE = 1 << 51 | 0x1FFFFF << 30
"""In the flags of a page: zone 1, which is DMA32, of node 0, last used by nobody."""
COMPOUND = 0x40000
"""`__GFP_COMP`."""


def page_of(address: int) -> int:
    """Return the `struct page` of an address in the direct map (`virt_to_page()`)."""
    return address_space.VMEMMAP + (address - address_space.PAGE_OFFSET) // PAGE * address_space.STRUCT_PAGE


def address_of_page(page: int) -> int:
    """Return the address in the direct map of a `struct page` (`page_address()`)."""
    return address_space.PAGE_OFFSET + (page - address_space.VMEMMAP) // address_space.STRUCT_PAGE * PAGE


def allocate(guest: Guest, order: int, *, flags: int = 0) -> int:
    """Allocate 2^order pages; return the first `struct page`, which has one reference, or 0 for too many. Compound
    pages stop the run.
    """
    if order >= _MAX_ORDER:
        return 0
    if order and flags & COMPOUND:
        raise Needs("compound pages")
    first = page_of(guest.heap.pages(1 << order))
    initialize(guest, first, 1 << order)
    return first


def initialize(guest: Guest, first: int, count: int) -> None:
    """Make pages known, the first of them with one reference."""
    size = address_space.STRUCT_PAGE * count
    for place in range(first & -PAGE, first + size, PAGE):
        if not guest.memory.mapped(place):
            guest.memory.map(place, PAGE, READ | WRITE)
    guest.memory.write(first, bytes(size))
    for page in range(first, first + size, address_space.STRUCT_PAGE):
        row = view(guest, "page", page)
        row.flags = _PLACE
        row._mapcount = -1
    view(guest, "page", first)._refcount = 1
