"""Caches of objects, and whole pages.

From Linux 6.1: `mm/slab_common.c`, `mm/slub.c`, `mm/page_alloc.c`.
"""

from __future__ import annotations

from modtools.emulate import space
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view
from modtools.link.memory import PAGE

_CACHE_ALIGN = 0x2000
"""`SLAB_HWCACHE_ALIGN`."""


def _alignment(guest: Guest, size: int, align: int, flags: int) -> int:
    """Return the alignment of a cache's objects: a cache line, or as much of it as two or more objects can share
    (`calculate_alignment()`).
    """
    line = guest.machine.cpu.cache_line if flags & _CACHE_ALIGN else 8
    while line > 8 and size <= line // 2:
        line //= 2
    return max(align, line, 8)


def create(guest: Guest, name: int, size: int, align: int, ctor: int, flags: int = 0) -> int:
    """Return a new cache, of which only the sizes, the name and the constructor are kept."""
    align = _alignment(guest, size, align, flags)
    address = guest.heap.kmalloc(8192)
    cache = view(guest, "kmem_cache", address)
    cache.size = cache.object_size = guest.bounded(size)
    cache.align, cache.ctor, cache.refcount = align, ctor, 1
    cache.name = guest.new_text(guest.memory.text(name))
    return address


@function(
    "struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,"
    " slab_flags_t flags, void *ctor)"
)
def kmem_cache_create(guest: Guest, name: int, size: int, align: int, flags: int, ctor: int) -> int:
    """`mm/slab_common.c`: Return a new cache. Caches that are alike are not merged."""
    return create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, flags: int, _offset: int, _usersize: int, ctor: int
) -> int:
    """`mm/slab_common.c`: Return a new cache; which part of its objects may be copied to the user is not looked at."""
    return create(guest, name, size, align, ctor, flags)


def allocate(guest: Guest, address: int) -> int:
    """Return a new object of a cache, after its constructor."""
    cache = view(guest, "kmem_cache", address)
    found = guest.heap.object(-(-max(cache.object_size, 8) // cache.align) * cache.align, cache.align)
    if cache.ctor:
        guest.call(cache.ctor, found)
    return found


@function("void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfpflags)")
def kmem_cache_alloc(guest: Guest, cache: int, _flags: int) -> int:
    """`mm/slub.c`: Return a new object of a cache; the constructor is called for each."""
    return allocate(guest, cache)


@function("void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t gfpflags, int node)")
def kmem_cache_alloc_node(guest: Guest, cache: int, _flags: int, _node: int) -> int:
    """`mm/slub.c`: Return a new object of a cache; there is only one memory node."""
    return allocate(guest, cache)


@function("void kmem_cache_free(struct kmem_cache *s, void *x)")
def kmem_cache_free(guest: Guest, _cache: int, address: int) -> None:
    """`mm/slub.c`: Free an object of a cache."""
    guest.heap.free(address)


@function("void kmem_cache_destroy(struct kmem_cache *s)")
def kmem_cache_destroy(guest: Guest, address: int) -> None:
    """`mm/slab_common.c`: Free a cache; NULL is ignored. The warning about objects that are left is not modelled,
    because they are not counted.
    """
    if address:
        guest.heap.free(view(guest, "kmem_cache", address).name)
        guest.heap.free(address)


@function("int kmem_cache_shrink(struct kmem_cache *s)")
def kmem_cache_shrink(_guest: Guest, _cache: int) -> int:
    """`mm/slab_common.c`: Return 0: no memory is kept back that could be freed."""
    return 0


@function("unsigned long __get_free_pages(gfp_t gfp_mask, unsigned int order)")
def get_free_pages(guest: Guest, _flags: int, order: int) -> int:
    """`mm/page_alloc.c`: Return the address of 2^`order` new pages; 0 for too many."""
    return guest.heap.pages(1 << order) if order < 11 else 0


@function("unsigned long get_zeroed_page(gfp_t gfp_mask)")
def get_zeroed_page(guest: Guest, _flags: int) -> int:
    """`mm/page_alloc.c`: Return the address of a new page of zeros."""
    return guest.heap.pages(1)


@function("void free_pages(unsigned long addr, unsigned int order)")
def free_pages(guest: Guest, address: int, _order: int) -> None:
    """`mm/page_alloc.c`: Free pages by their address; 0 is ignored."""
    if address:
        guest.heap.free(address)


@function("void *kmalloc_large(size_t size, gfp_t flags)")
def kmalloc_large(guest: Guest, size: int, _flags: int) -> int:
    """`mm/slab_common.c`: Return the address of whole pages for `size` bytes; NULL above 4 MiB."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if size <= 4 << 20 else 0


@function("unsigned int kmem_cache_size(struct kmem_cache *s)")
def kmem_cache_size(guest: Guest, cache: int) -> int:
    """`mm/slab_common.c`: Return the size of a cache's objects in bytes."""
    return int(view(guest, "kmem_cache", cache).object_size)


@function("int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t flags, size_t nr, void **p)")
def kmem_cache_alloc_bulk(guest: Guest, cache: int, _flags: int, count: int, table: int) -> int:
    """`mm/slub.c`: Store `nr` new objects of a cache in a table; return `nr`."""
    for number in range(guest.bounded(count)):
        guest.memory.put(table + 8 * number, allocate(guest, cache), 8)
    return count


@function("void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **p)")
def kmem_cache_free_bulk(guest: Guest, _cache: int, count: int, table: int) -> None:
    """`mm/slub.c`: Free the `nr` objects of a table."""
    for number in range(guest.bounded(count)):
        guest.heap.free(guest.memory.u64(table + 8 * number))


@function("void *alloc_pages_exact(size_t size, gfp_t gfp_mask)")
def alloc_pages_exact(guest: Guest, size: int, _flags: int) -> int:
    """`mm/page_alloc.c`: Return the address of whole pages for `size` bytes; NULL above 4 MiB."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if 0 < size <= 4 << 20 else 0


@function("void free_pages_exact(void *virt, size_t size)")
def free_pages_exact(guest: Guest, address: int, _size: int) -> None:
    """`mm/page_alloc.c`: Free pages of `alloc_pages_exact()`."""
    guest.heap.free(address)


@function("bool is_vmalloc_addr(const void *x)")
def is_vmalloc_addr(_guest: Guest, address: int) -> bool:
    """`mm/vmalloc.c`: Return whether an address lies among the 32 TB of vmalloc()."""
    return space.VMALLOC <= address < space.VMALLOC + (32 << 40) - 1
