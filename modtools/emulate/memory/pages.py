"""Pages, and `struct page`: which address stands for which page.

From Linux 6.1: `include/asm-generic/memory_model.h`, `mm/page_alloc.c`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.integers import MASK64
from modtools.link.memory import PAGE, READ, WRITE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


MAX_ORDER = 11
"""Powers of two that are too many pages at once."""
PLACE = 1 << 51 | 0x1FFFFF << 30
"""In the flags of a page: zone 1, which is DMA32, of node 0, last used by nobody."""
COMPOUND = 0x40000
"""`__GFP_COMP`."""
NOWARN = 0x2000
"""`__GFP_NOWARN`."""


def page_of(address: int) -> int:
    """Return the `struct page` of an address in the direct map (`virt_to_page()`)."""
    number = (address - address_space.PAGE_OFFSET & MASK64) // PAGE
    return address_space.VMEMMAP + number * address_space.STRUCT_PAGE & MASK64


def direct(address: int) -> int:
    """Return the address in the direct map of what lies at an address, if it is one of the kernel's image, or any other
    (`arch/x86/mm/physaddr.c: __virt_to_phys()`, which takes it for one).
    """
    if address < address_space.KERNEL:
        return address
    return address - address_space.KERNEL + address_space.PAGE_OFFSET


def address_of_page(page: int) -> int:
    """Return the address in the direct map of a `struct page` (`page_address()`)."""
    return address_space.PAGE_OFFSET + (page - address_space.VMEMMAP) // address_space.STRUCT_PAGE * PAGE


def allocate(guest: Guest, order: int, *, flags: int = 0) -> int:
    """Allocate 2^order pages; return the first `struct page`, which has one reference, or 0 for too many. Compound
    pages stop the run.
    """
    if order >= MAX_ORDER:
        complain(guest, flags)
        return 0
    if order and flags & COMPOUND:
        raise Needs("compound pages")
    first = page_of(guest.heap.plain_pages(1 << order))
    initialize(guest, first, 1 << order)
    return first


def complain(guest: Guest, flags: int) -> None:
    """Warn of a request for too many pages, unless its flags say that there may be too many."""
    if not flags & NOWARN:
        report_kernel_warning(guest, "__alloc_pages", once=True)


def initialize(guest: Guest, first: int, count: int) -> None:
    """Make pages known, the first of them with one reference."""
    size = address_space.STRUCT_PAGE * count
    for place in range(first & -PAGE, first + size, PAGE):
        if not guest.memory.mapped(place):
            guest.memory.map(place, PAGE, READ | WRITE)
    guest.memory.write(first, bytes(size))
    for page in range(first, first + size, address_space.STRUCT_PAGE):
        row = view(guest, "page", page)
        row.flags = PLACE
        row._mapcount = -1
    view(guest, "page", first)._refcount = 1
