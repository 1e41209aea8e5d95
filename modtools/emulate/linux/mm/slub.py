"""mm/slub.c: Objects of caches."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.slab_common import free_again, might_alloc
from modtools.emulate.memory.slabs import distance
from modtools.emulate.objects.caches import cache_name, whole_size
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import constant, view

_ZERO = 0x100
"""__GFP_ZERO of `include/linux/gfp_types.h`."""
_BY_RCU = 19
"""The bit of SLAB_TYPESAFE_BY_RCU where no enum tells it."""


def allocate(guest: Guest, address: int, flags: int) -> int:
    """Return an object of a cache. Where the cache has a constructor, that is called for all objects of a slab when the
    slab is made; such objects, and those that are freed by RCU, keep what is in them (`slab_want_init_on_alloc()`).
    """
    might_alloc(guest, flags)
    cache = view(guest, "kmem_cache", address)
    if not cache.ctor and not cache.flags >> constant(guest, "_SLAB_TYPESAFE_BY_RCU", _BY_RCU) & 1:
        return guest.heap.object(whole_size(guest, address), cache.align, address)
    found, new = guest.heap.kept_object(distance(cache.object_size, cache.align), cache.align, address)
    for each in new if cache.ctor else ():
        guest.call(cache.ctor, each)
    if flags & _ZERO:
        guest.memory.write(found, bytes(cache.object_size))
    return found


@function("void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfpflags)")
def kmem_cache_alloc(guest: Guest, cache: int, flags: int) -> int:
    """Return an object of a cache."""
    return allocate(guest, cache, flags)


@function("void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t gfpflags, int node)")
def kmem_cache_alloc_node(guest: Guest, cache: int, flags: int, _node: int) -> int:
    """Return an object of a cache; there is only one memory node."""
    return allocate(guest, cache, flags)


@function("void *kmem_cache_alloc_lru_noprof(struct kmem_cache *s, struct list_lru *lru, gfp_t gfpflags)")
def kmem_cache_alloc_lru(guest: Guest, cache: int, _lru: int, flags: int) -> int:
    """Return an object of a cache, which may be put into a list later."""
    return allocate(guest, cache, flags)


@function("void kmem_cache_free(struct kmem_cache *s, void *x)")
def kmem_cache_free(guest: Guest, cache: int, address: int) -> None:
    """Free an object of a cache, or warn that it is of another one, and free it there. Twice the same is noticed as
    kfree() does it.
    """
    heap = guest.heap
    if heap.was_freed(address):
        free_again(guest, address)
        return
    size, owner = heap.size(address), heap.owner(address)
    if size and owner != cache:
        name = cache_name(guest, owner) if owner else kmalloc_name(size)
        text = f"Wrong slab cache. {cache_name(guest, cache)} but object is from {name}"
        report_kernel_warning(guest, "cache_from_obj", f"cache_from_obj: {text}")
    heap.free(address)


def kmalloc_name(size: int) -> str:
    """Return the name of the cache from which kmalloc() takes objects of a size."""
    return f"kmalloc-{size >> 10}k" if size >= _KILO else f"kmalloc-{size}"


_KILO = 1024


@function("int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t flags, size_t nr, void **p)")
def kmem_cache_alloc_bulk(guest: Guest, cache: int, flags: int, count: int, table: int) -> int:
    """Store `nr` new objects of a cache in a table; return `nr`."""
    for number in range(guest.bounded(count)):
        guest.memory.put(table + 8 * number, allocate(guest, cache, flags), 8)
    return count


@function("void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **p)")
def kmem_cache_free_bulk(guest: Guest, cache: int, count: int, table: int) -> None:
    """Free the `nr` objects of a table."""
    for number in range(guest.bounded(count)):
        kmem_cache_free(guest, cache, guest.memory.u64(table + 8 * number))
