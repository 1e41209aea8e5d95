"""mm/mempool.c: Pools that keep a reserve of elements.

The reserve is only touched when the caller's own function has nothing to give.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.sched.wait import init_waitqueue_head
from modtools.emulate.linux.mm.page_alloc import drop_pages
from modtools.emulate.linux.mm.slub import allocate
from modtools.emulate.memory.pages import allocate as allocate_pages
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import ENOMEM

_KERNEL, _RECLAIM, _IO = 0xCC0, 0x400, 0x40
_TRY_ONCE = 0x80000 | 0x10000 | 0x2000
"""GFP flags: none of the kernel's own reserves, no second try, no complaint."""


@function("int mempool_init(mempool_t *pool, int min_nr, void *alloc_fn, void *free_fn, void *pool_data)")
def mempool_init(guest: Guest, address: int, count: int, alloc: int, free: int, data: int) -> int:
    """Fill a pool's reserve with `min_nr` elements by the caller's function; return 0 or -ENOMEM."""
    return fill(guest, address, count, (alloc, free, data), _KERNEL)


@function(
    "int mempool_init_node(mempool_t *pool, int min_nr, void *alloc_fn, void *free_fn, void *pool_data,"
    " gfp_t gfp_mask, int node_id)"
)
def mempool_init_node(
    guest: Guest, address: int, count: int, alloc: int, free: int, data: int, flags: int, _node: int
) -> int:
    """Fill a pool's reserve as `mempool_init()`, with allocation flags; there is only one memory node."""
    return fill(guest, address, count, (alloc, free, data), flags)


def fill(guest: Guest, address: int, count: int, functions: tuple[int, int, int], flags: int) -> int:
    """Initialise a pool and fill its reserve; return 0 or -ENOMEM."""
    pool = view(guest, "mempool_s", address)
    guest.memory.put(address, 0, 4)
    pool.min_nr, pool.curr_nr = count, 0
    pool.alloc, pool.free, pool.pool_data = functions
    init_waitqueue_head(guest, pool.wait.address(), 0, 0)
    pool.elements = guest.heap.kmalloc(guest.bounded(8 * count) or 8)
    while pool.curr_nr < count:
        element = guest.call(pool.alloc, flags, pool.pool_data)
        if not element:
            mempool_exit(guest, address)
            return -ENOMEM
        _keep(guest, address, element)
    return 0


def _keep(guest: Guest, address: int, element: int) -> None:
    pool = view(guest, "mempool_s", address)
    guest.memory.put(pool.elements + 8 * pool.curr_nr, element, 8)
    pool.curr_nr += 1


@function("void mempool_exit(mempool_t *pool)")
def mempool_exit(guest: Guest, address: int) -> None:
    """Give a pool's reserve back by the caller's function, the last element first."""
    pool = view(guest, "mempool_s", address)
    while pool.curr_nr:
        pool.curr_nr -= 1
        guest.call(pool.free, guest.memory.u64(pool.elements + 8 * pool.curr_nr), pool.pool_data)
    guest.heap.free(pool.elements)
    pool.elements = 0


@function("mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn, void *pool_data)")
def mempool_create(guest: Guest, count: int, alloc: int, free: int, data: int) -> int:
    """Allocate a pool and fill its reserve; return its address, or NULL if it cannot be filled."""
    return int(mempool_create_node(guest, count, alloc, free, data, _KERNEL, -1))


@function(
    "mempool_t *mempool_create_node(int min_nr, void *alloc_fn, void *free_fn, void *pool_data, gfp_t gfp_mask,"
    " int nid)"
)
def mempool_create_node(guest: Guest, count: int, alloc: int, free: int, data: int, flags: int, _node: int) -> int:
    """Allocate and fill a pool as `mempool_create()`, with allocation flags; there is only one memory node."""
    pool = new(guest, "mempool_s").address()
    if fill(guest, pool, count, (alloc, free, data), flags):
        guest.heap.free(pool)
        return 0
    return pool


@function("void mempool_destroy(mempool_t *pool)")
def mempool_destroy(guest: Guest, address: int) -> None:
    """Give a pool's reserve back and free the pool; NULL is ignored."""
    if address:
        mempool_exit(guest, address)
        guest.heap.free(address)


@function("void *mempool_alloc(mempool_t *pool, gfp_t gfp_mask)")
def mempool_alloc(guest: Guest, address: int, flags: int) -> int:
    """Return an element from the caller's function, else from the reserve; NULL where both are empty and the flags
    forbid to wait. Waiting is not modelled.
    """
    pool = view(guest, "mempool_s", address)
    element = guest.call(pool.alloc, (flags | _TRY_ONCE) & ~(_RECLAIM | _IO), pool.pool_data)
    if element:
        return element
    if pool.curr_nr:
        pool.curr_nr -= 1
        return guest.memory.u64(pool.elements + 8 * pool.curr_nr)
    if flags & _RECLAIM:
        raise Needs("waiting for an element of a mempool")
    return 0


@function("void mempool_free(void *element, mempool_t *pool)")
def mempool_free(guest: Guest, element: int, address: int) -> None:
    """Put an element into the reserve, or give it to the caller's function if the reserve is full; NULL is ignored."""
    pool = view(guest, "mempool_s", address) if element else None
    if pool is None:
        return
    if pool.curr_nr < pool.min_nr:
        _keep(guest, address, element)
    else:
        guest.call(pool.free, element, pool.pool_data)


@function("void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data)")
def mempool_alloc_slab(guest: Guest, flags: int, cache: int) -> int:
    """Return an object of the cache `pool_data`."""
    return allocate(guest, cache, flags)


@function("void mempool_free_slab(void *element, void *pool_data)")
def mempool_free_slab(guest: Guest, element: int, _cache: int) -> None:
    """Free an element, which is an object of a cache."""
    guest.heap.free(element)


@function("void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data)")
def mempool_kmalloc(guest: Guest, _flags: int, size: int) -> int:
    """Return an element of `pool_data` bytes of kmalloc()."""
    return guest.heap.kmalloc(size)


@function("void mempool_kfree(void *element, void *pool_data)")
def mempool_kfree(guest: Guest, element: int, _size: int) -> None:
    """Free memory of `mempool_kmalloc()`."""
    guest.heap.free(element)


@function("void *mempool_alloc_pages(gfp_t gfp_mask, void *pool_data)")
def mempool_alloc_pages(guest: Guest, flags: int, order: int) -> int:
    """Return an element of 2^`pool_data` pages: the first `struct page`."""
    return allocate_pages(guest, order, flags=flags)


@function("void mempool_free_pages(void *element, void *pool_data)")
def mempool_free_pages(guest: Guest, page: int, order: int) -> None:
    """Free the 2^`pool_data` pages of an element."""
    drop_pages(guest, page, order)
