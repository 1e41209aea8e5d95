"""mm/slub.c: Objects of caches."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.slab_common import cache_name, free_again, whole_size
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


def allocate(guest: Guest, address: int) -> int:
    """Return a new object of a cache, after its constructor."""
    cache = view(guest, "kmem_cache", address)
    found = guest.heap.object(whole_size(guest, address), cache.align, address)
    if cache.ctor:
        guest.call(cache.ctor, found)
    return found


@function("void *kmem_cache_alloc(struct kmem_cache *s, gfp_t gfpflags)")
def kmem_cache_alloc(guest: Guest, cache: int, _flags: int) -> int:
    """Return a new object of a cache; the constructor is called for each."""
    return allocate(guest, cache)


@function("void *kmem_cache_alloc_node(struct kmem_cache *s, gfp_t gfpflags, int node)")
def kmem_cache_alloc_node(guest: Guest, cache: int, _flags: int, _node: int) -> int:
    """Return a new object of a cache; there is only one memory node."""
    return allocate(guest, cache)


@function("void *kmem_cache_alloc_lru_noprof(struct kmem_cache *s, struct list_lru *lru, gfp_t gfpflags)")
def kmem_cache_alloc_lru(guest: Guest, cache: int, _lru: int, _flags: int) -> int:
    """Return a new object of a cache, which may be put into a list later."""
    return allocate(guest, cache)


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
def kmem_cache_alloc_bulk(guest: Guest, cache: int, _flags: int, count: int, table: int) -> int:
    """Store `nr` new objects of a cache in a table; return `nr`."""
    for number in range(guest.bounded(count)):
        guest.memory.put(table + 8 * number, allocate(guest, cache), 8)
    return count


@function("void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **p)")
def kmem_cache_free_bulk(guest: Guest, cache: int, count: int, table: int) -> None:
    """Free the `nr` objects of a table."""
    for number in range(guest.bounded(count)):
        kmem_cache_free(guest, cache, guest.memory.u64(table + 8 * number))
