"""mm/page_alloc.c: Whole pages, by powers of two."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.memory import badpages, pages
from modtools.emulate.memory.pages import address_of_page
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, layout, view
from modtools.link.memory import PAGE


def managed(guest: Guest) -> int:
    """Return the number of pages that the kernel manages."""
    return (guest.hardware.memory - builtin(guest).reserved) // PAGE


@variable("_totalram_pages", 8)
def totalram_pages(guest: Guest, address: int) -> None:
    """Store the number of pages that the kernel manages: all but some sixty megabytes that it takes for itself."""
    guest.memory.put(address, managed(guest), 8)


@function("struct page *__alloc_pages(gfp_t gfp, unsigned int order, int preferred_nid, nodemask_t *nodemask)")
def alloc_pages_nodemask(guest: Guest, flags: int, order: int, _node: int, _mask: int) -> int:
    """Allocate 2^`order` pages as `alloc_pages()`; there is only one memory node."""
    badpages.check(guest)
    return pages.allocate(guest, order, flags=flags)


@function("void __free_pages(struct page *page, unsigned int order)")
def drop_pages(guest: Guest, page: int, _order: int) -> None:
    """Give a reference on pages back, and free them with the last one."""
    row = view(guest, "page", page)
    row._refcount -= 1
    if not row._refcount:
        guest.heap.free(address_of_page(page))


@function("unsigned long nr_free_buffer_pages(void)")
def nr_free_buffer_pages(guest: Guest) -> int:
    """Return the pages by which tables are sized: all that the kernel manages less 1/256, the mark below which it
    starts to reclaim.
    """
    pages_managed = managed(guest)
    return pages_managed - pages_managed // 256


@function("void si_meminfo(struct sysinfo *val)")
def si_meminfo(guest: Guest, address: int) -> None:
    """Fill in a `struct sysinfo` in pages: nearly all memory is free, none is shared."""
    info = view(guest, "sysinfo", address)
    info.totalram = managed(guest)
    info.freeram = info.totalram - info.totalram // 16
    info.mem_unit = PAGE


@variable("numa_node", 4)
def numa_node(_guest: Guest, _address: int) -> None:
    """Leave `numa_node` 0, the first memory node."""


@function("unsigned long __get_free_pages(gfp_t gfp_mask, unsigned int order)")
def get_free_pages(guest: Guest, flags: int, order: int) -> int:
    """Return the address of 2^`order` new pages; 0 for too many, with a warning."""
    badpages.check(guest)
    if order < pages.MAX_ORDER:
        return guest.heap.plain_pages(1 << order)
    pages.complain(guest, flags)
    return 0


@function("unsigned long get_zeroed_page(gfp_t gfp_mask)")
def get_zeroed_page(guest: Guest, _flags: int) -> int:
    """Return the address of a new page of zeros."""
    badpages.check(guest)
    return guest.heap.plain_pages(1)


@function("void free_pages(unsigned long addr, unsigned int order)")
def free_pages(guest: Guest, address: int, _order: int) -> None:
    """Free pages by their address; 0 is ignored."""
    if address and not guest.heap.free(address):
        guest.heap.free_page_again(address)


@function("void *alloc_pages_exact(size_t size, gfp_t gfp_mask)")
def alloc_pages_exact(guest: Guest, size: int, _flags: int) -> int:
    """Return the address of whole pages for `size` bytes; NULL above 4 MiB."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if 0 < size <= 4 << 20 else 0


@function("void free_pages_exact(void *virt, size_t size)")
def free_pages_exact(guest: Guest, address: int, _size: int) -> None:
    """Free pages of `alloc_pages_exact()`."""
    guest.heap.free(address)


@variable("node_states", 6 * 128)
def node_states(guest: Guest, address: int) -> None:
    """Enter the only memory node in each set of nodes, but in that of those which only start memory accesses."""
    size = layout(guest, "mempolicy").fields["nodes"][1]
    for number in range(constant(guest, "NR_NODE_STATES")):
        if number != constant(guest, "N_GENERIC_INITIATOR"):
            guest.memory.put(address + size * number, 1, 8)
