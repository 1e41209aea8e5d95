"""Caches of objects, and pools.

From Linux 6.1: `mm/slab_common.c`, `mm/slub.c`, `mm/mempool.c`, `mm/page_alloc.c`.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view
from modtools.link.memory import PAGE


def create(guest: Guest, name: int, size: int, align: int, ctor: int) -> int:
    """A cache, of which only the sizes and the constructor are known."""
    address = guest.heap.kmalloc(8192)
    cache = view(guest, "kmem_cache", address)
    cache.size = cache.object_size = guest.bounded(size)
    cache.align, cache.ctor, cache.refcount = max(align, 8), ctor, 1
    cache.name = guest.new_text(guest.memory.text(name))
    return address


@function(
    "struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,"
    " slab_flags_t flags, void *ctor)"
)
def kmem_cache_create(guest: Guest, name: int, size: int, align: int, _flags: int, ctor: int) -> int:
    """Caches that are alike are not merged."""
    return create(guest, name, size, align, ctor)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, _flags: int, _offset: int, _usersize: int, ctor: int
) -> int:
    """The same."""
    return create(guest, name, size, align, ctor)


def allocate(guest: Guest, address: int) -> int:
    """An object."""
    cache = view(guest, "kmem_cache", address)
    found = guest.heap.object(max(cache.object_size, 8), cache.align)
    if cache.ctor:
        guest.call(cache.ctor, found)
    return found


@function("void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfpflags)")
def kmem_cache_alloc(guest: Guest, cache: int, _flags: int) -> int:
    """An object; the constructor is called for each."""
    return allocate(guest, cache)


@function("void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t gfpflags, int node)")
def kmem_cache_alloc_node(guest: Guest, cache: int, _flags: int, _node: int) -> int:
    """The same."""
    return allocate(guest, cache)


@function("void kmem_cache_free(struct kmem_cache *s, void *x)")
def kmem_cache_free(guest: Guest, _cache: int, address: int) -> None:
    """Given back."""
    guest.heap.free(address)


@function("void kmem_cache_destroy(struct kmem_cache *s)")
def kmem_cache_destroy(guest: Guest, address: int) -> None:
    """Gone. Linux warns of objects that are left; they are not counted here."""
    if address:
        guest.heap.free(view(guest, "kmem_cache", address).name)
        guest.heap.free(address)


@function("int kmem_cache_shrink(struct kmem_cache *s)")
def kmem_cache_shrink(_guest: Guest, _cache: int) -> int:
    """Nothing to do."""
    return 0


@function("unsigned long __get_free_pages(gfp_t gfp_mask, unsigned int order)")
def get_free_pages(guest: Guest, _flags: int, order: int) -> int:
    """Whole pages."""
    return guest.heap.pages(1 << order) if order < 11 else 0


@function("unsigned long get_zeroed_page(gfp_t gfp_mask)")
def get_zeroed_page(guest: Guest, _flags: int) -> int:
    """One page."""
    return guest.heap.pages(1)


@function("void free_pages(unsigned long addr, unsigned int order)")
def free_pages(guest: Guest, address: int, _order: int) -> None:
    """Given back."""
    if address:
        guest.heap.free(address)


@function("void *kmalloc_large(size_t size, gfp_t flags)")
def kmalloc_large(guest: Guest, size: int, _flags: int) -> int:
    """Whole pages."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if size <= 4 << 20 else 0


@function("mempool_t *mempool_create(int min_nr, mempool_alloc_t *alloc_fn, mempool_free_t *free_fn, void *pool_data)")
def mempool_create(guest: Guest, count: int, alloc: int, free: int, data: int) -> int:
    """The reserve is filled by the caller's function."""
    from modtools.emulate.structs import new

    pool = new(guest, "mempool_s")
    pool.min_nr = pool.curr_nr = count
    pool.alloc, pool.free, pool.pool_data = alloc, free, data
    pool.elements = guest.heap.kmalloc(guest.bounded(8 * count) or 8)
    for at in range(count):
        element = guest.call(alloc, 0xCC0, data)
        if not element:
            raise Needs("mempool_create without memory")
        guest.memory.put(pool.elements + 8 * at, element, 8)
    return pool.address()


@function("void mempool_destroy(mempool_t *pool)")
def mempool_destroy(guest: Guest, address: int) -> None:
    """The reserve is given back by the caller's function."""
    if address:
        pool = view(guest, "mempool_s", address)
        for at in range(pool.curr_nr):
            guest.call(pool.free, guest.memory.u64(pool.elements + 8 * at), pool.pool_data)
        guest.heap.free(pool.elements)
        guest.heap.free(address)


@function("void *mempool_alloc_slab(gfp_t gfp_mask, void *pool_data)")
def mempool_alloc_slab(guest: Guest, _flags: int, cache: int) -> int:
    """Of a cache."""
    return allocate(guest, cache)


@function("void mempool_free_slab(void *element, void *pool_data)")
def mempool_free_slab(guest: Guest, element: int, _cache: int) -> None:
    """Of a cache."""
    guest.heap.free(element)


@function("void *mempool_kmalloc(gfp_t gfp_mask, void *pool_data)")
def mempool_kmalloc(guest: Guest, _flags: int, size: int) -> int:
    """Of kmalloc()."""
    return guest.heap.kmalloc(size)


@function("void mempool_kfree(void *element, void *pool_data)")
def mempool_kfree(guest: Guest, element: int, _size: int) -> None:
    """Of kmalloc()."""
    guest.heap.free(element)
