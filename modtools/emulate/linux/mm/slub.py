"""mm/slub.c: Objects of caches."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


def allocate(guest: Guest, address: int) -> int:
    """Return a new object of a cache, after its constructor."""
    cache = view(guest, "kmem_cache", address)
    found = guest.heap.object(-(-max(cache.object_size, 8) // cache.align) * cache.align, cache.align)
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
def kmem_cache_free(guest: Guest, _cache: int, address: int) -> None:
    """Free an object of a cache."""
    guest.heap.free(address)


@function("int kmem_cache_alloc_bulk(struct kmem_cache *s, gfp_t flags, size_t nr, void **p)")
def kmem_cache_alloc_bulk(guest: Guest, cache: int, _flags: int, count: int, table: int) -> int:
    """Store `nr` new objects of a cache in a table; return `nr`."""
    for number in range(guest.bounded(count)):
        guest.memory.put(table + 8 * number, allocate(guest, cache), 8)
    return count


@function("void kmem_cache_free_bulk(struct kmem_cache *s, size_t nr, void **p)")
def kmem_cache_free_bulk(guest: Guest, _cache: int, count: int, table: int) -> None:
    """Free the `nr` objects of a table."""
    for number in range(guest.bounded(count)):
        guest.heap.free(guest.memory.u64(table + 8 * number))
