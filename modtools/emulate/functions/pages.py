"""Whole pages by their `struct page`.

From Linux 6.1: `mm/page_alloc.c`, `mm/folio-compat.c`, `arch/x86/include/asm/page_64.h`, `include/asm-generic/
memory_model.h`. All memory lies in the direct map, so that the place of a page in the table of pages, which modules
compute for themselves, says which page it is.
"""

from __future__ import annotations

from modtools.emulate import space
from modtools.emulate.builtin import RESERVED
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view
from modtools.link.memory import PAGE, READ, WRITE

_MAX_ORDER = 11
_PLACE = 1 << 51 | 0x1FFFFF << 30
"""In the flags of a page: zone 1, which is DMA32, of node 0, last used by nobody."""
_COMPOUND = 0x40000
"""`__GFP_COMP`."""


@variable("vmemmap_base", 8)
def vmemmap_base(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/head64.c`: Store the address of the table of all `struct page`."""
    guest.memory.put(address, space.VMEMMAP, 8)


@variable("page_offset_base", 8)
def page_offset_base(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/head64.c`: Store the address of the direct map."""
    guest.memory.put(address, space.PAGE_OFFSET, 8)


@variable("vmalloc_base", 8)
def vmalloc_base(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/head64.c`: Store the address of the area of vmalloc()."""
    guest.memory.put(address, space.VMALLOC, 8)


@variable("empty_zero_page", PAGE)
def empty_zero_page(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/head_64.S`: Leave a page of zeros, and make its `struct page` known with one reference, which
    it keeps.
    """
    _enter(guest, space.VMEMMAP + (address - space.KERNEL) // PAGE * space.STRUCT_PAGE, 1)


def page_of(address: int) -> int:
    """Return the `struct page` of an address in the direct map (`virt_to_page()`)."""
    return space.VMEMMAP + (address - space.PAGE_OFFSET) // PAGE * space.STRUCT_PAGE


def address_of_page(page: int) -> int:
    """Return the address in the direct map of a `struct page` (`page_address()`)."""
    return space.PAGE_OFFSET + (page - space.VMEMMAP) // space.STRUCT_PAGE * PAGE


def allocate(guest: Guest, order: int, *, flags: int = 0) -> int:
    """Allocate 2^order pages; return the first `struct page`, which has one reference, or 0 for too many. Compound
    pages stop the run.
    """
    if order >= _MAX_ORDER:
        return 0
    if order and flags & _COMPOUND:
        raise Needs("compound pages")
    first = page_of(guest.heap.pages(1 << order))
    _enter(guest, first, 1 << order)
    return first


def _enter(guest: Guest, first: int, count: int) -> None:
    """Make pages known, the first of them with one reference."""
    size = space.STRUCT_PAGE * count
    for place in range(first & -PAGE, first + size, PAGE):
        if not guest.memory.mapped(place):
            guest.memory.map(place, PAGE, READ | WRITE)
    guest.memory.write(first, bytes(size))
    for page in range(first, first + size, space.STRUCT_PAGE):
        row = view(guest, "page", page)
        row.flags = _PLACE
        guest.memory.put(row.address("_mapcount"), 0xFFFFFFFF, 4)
    guest.memory.put(view(guest, "page", first).address("_refcount"), 1, 4)


@function("struct page *alloc_pages(gfp_t gfp, unsigned int order)")
def alloc_pages(guest: Guest, flags: int, order: int) -> int:
    """`mm/mempolicy.c`: Allocate 2^`order` pages; return the first `struct page`, or 0 for too many."""
    return allocate(guest, order, flags=flags)


@function("struct page *__alloc_pages(gfp_t gfp, unsigned int order, int preferred_nid, nodemask_t *nodemask)")
def alloc_pages_nodemask(guest: Guest, flags: int, order: int, _node: int, _mask: int) -> int:
    """`mm/page_alloc.c`: Allocate 2^`order` pages as `alloc_pages()`; there is only one memory node."""
    return allocate(guest, order, flags=flags)


@function("struct folio *folio_alloc(gfp_t gfp, unsigned int order)")
def folio_alloc(guest: Guest, flags: int, order: int) -> int:
    """`mm/mempolicy.c`: Allocate a folio of one page; one of several, which would be a compound page, stops the run."""
    return allocate(guest, order, flags=flags | _COMPOUND)


@function("void __folio_put(struct folio *folio)")
def folio_put(guest: Guest, page: int) -> None:
    """`mm/swap.c`: Free the memory of a folio whose last reference is gone."""
    guest.heap.free(address_of_page(page))


@function("void __free_pages(struct page *page, unsigned int order)")
def free_pages(guest: Guest, page: int, _order: int) -> None:
    """`mm/page_alloc.c`: Give a reference on pages back, and free them with the last one."""
    place = view(guest, "page", page).address("_refcount")
    count = guest.memory.s32(place) - 1
    guest.memory.put(place, count, 4)
    if not count:
        guest.heap.free(address_of_page(page))


@function("unsigned long nr_free_buffer_pages(void)")
def nr_free_buffer_pages(guest: Guest) -> int:
    """`mm/page_alloc.c`: Return the pages by which tables are sized: all that the kernel manages less 1/256, the mark
    below which it starts to reclaim.
    """
    managed = (guest.machine.memory - RESERVED) // PAGE
    return managed - managed // 256


@function("void si_meminfo(struct sysinfo *val)")
def si_meminfo(guest: Guest, address: int) -> None:
    """`mm/page_alloc.c`: Fill in a `struct sysinfo` in pages: nearly all memory is free, none is shared."""
    info = view(guest, "sysinfo", address)
    info.totalram = (guest.machine.memory - RESERVED) // PAGE
    info.freeram = info.totalram - info.totalram // 16
    info.mem_unit = PAGE
