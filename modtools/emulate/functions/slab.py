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
    """`calculate_alignment()`: a cache line, or as much of it as two or more objects can share."""
    line = guest.machine.cpu.cache_line if flags & _CACHE_ALIGN else 8
    while line > 8 and size <= line // 2:
        line //= 2
    return max(align, line, 8)


def create(guest: Guest, name: int, size: int, align: int, ctor: int, flags: int = 0) -> int:
    """A cache, of which only the sizes and the constructor are known."""
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
    """Caches that are alike are not merged."""
    return create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, flags: int, _offset: int, _usersize: int, ctor: int
) -> int:
    """The same."""
    return create(guest, name, size, align, ctor, flags)


def allocate(guest: Guest, address: int) -> int:
    """An object."""
    cache = view(guest, "kmem_cache", address)
    found = guest.heap.object(-(-max(cache.object_size, 8) // cache.align) * cache.align, cache.align)
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


@function("unsigned int kmem_cache_size(struct kmem_cache *s)")
def kmem_cache_size(guest: Guest, cache: int) -> int:
    """Bytes of an object."""
    return int(view(guest, "kmem_cache", cache).object_size)


@function("int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t flags, size_t nr, void **p)")
def kmem_cache_alloc_bulk(guest: Guest, cache: int, _flags: int, count: int, table: int) -> int:
    """Some at once; how many."""
    for number in range(guest.bounded(count)):
        guest.memory.put(table + 8 * number, allocate(guest, cache), 8)
    return count


@function("void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **p)")
def kmem_cache_free_bulk(guest: Guest, _cache: int, count: int, table: int) -> None:
    """Given back."""
    for number in range(guest.bounded(count)):
        guest.heap.free(guest.memory.u64(table + 8 * number))


@function("void *alloc_pages_exact(size_t size, gfp_t gfp_mask)")
def alloc_pages_exact(guest: Guest, size: int, _flags: int) -> int:
    """`mm/page_alloc.c`: Whole pages; what the power of two has beyond them is not given back here."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if 0 < size <= 4 << 20 else 0


@function("void free_pages_exact(void *virt, size_t size)")
def free_pages_exact(guest: Guest, address: int, _size: int) -> None:
    """Given back."""
    guest.heap.free(address)


@function("bool is_vmalloc_addr(const void *x)")
def is_vmalloc_addr(_guest: Guest, address: int) -> bool:
    """`mm/vmalloc.c`: Whether it lies among the 32 TB of vmalloc()."""
    return space.VMALLOC <= address < space.VMALLOC + (32 << 40) - 1
