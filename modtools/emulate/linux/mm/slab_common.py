"""mm/slab_common.c: Memory of any size: kmalloc and its family, and caches of objects."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, view
from modtools.link.memory import PAGE

ZERO_SIZE_PTR = 16
_ALIGNED = 8
"""Every allocation begins at a multiple of this."""


@function(
    "void *__kmalloc(size_t size, gfp_t flags)",
    "void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)",
)
def kmalloc(guest: Guest, size: int, _flags: int, *_caller: int) -> int:
    """Allocate `size` bytes; return the address, or for a size of 0 ZERO_SIZE_PTR, which must not be used."""
    return guest.heap.kmalloc(size) if size else ZERO_SIZE_PTR


@function("void *__kmalloc_node(size_t size, gfp_t flags, int node)")
def kmalloc_node(guest: Guest, size: int, _flags: int, _node: int) -> int:
    """Allocate `size` bytes on the only memory node, from vmalloc() if kmalloc() cannot (`kvmalloc_node()` is of
    `mm/util.c`).
    """
    if not size:
        return ZERO_SIZE_PTR
    return guest.heap.kmalloc(size) or guest.heap.vmalloc(size)


@function(
    "void *kmalloc_trace(struct kmem_cache *cache, gfp_t flags, size_t size)",
    "void *kmalloc_node_trace(struct kmem_cache *cache, gfp_t flags, int node, size_t size)",
)
def kmalloc_trace(guest: Guest, _cache: int, _flags: int, *rest: int) -> int:
    """Allocate the size that the compiler knew; the cache is not looked at."""
    return guest.heap.kmalloc(rest[-1])


@variable("kmalloc_caches", 1024)
def kmalloc_caches(_guest: Guest, _address: int) -> None:
    """Leave the table of caches empty: modules only hand its entries to `kmalloc_trace()`, which goes by the size."""


@function("void *__kmalloc_node_noprof(size_t size, kmem_buckets *b, gfp_t flags, int node)")
def kmalloc_bucket(guest: Guest, size: int, _buckets: int, flags: int, node: int) -> int:
    """Allocate `size` bytes; which set of caches they come from is not looked at (CONFIG_SLAB_BUCKETS)."""
    return int(kmalloc_node(guest, size, flags, node))


@function(
    "void *__kmalloc_node_track_caller_noprof(size_t size, kmem_buckets *b, gfp_t flags, int node,"
    " unsigned long caller)"
)
def kmalloc_tracked(guest: Guest, size: int, _buckets: int, flags: int, _node: int, _caller: int) -> int:
    """Allocate `size` bytes on behalf of the caller."""
    return int(kmalloc(guest, size, flags))


@function("void *krealloc(const void *p, size_t size, gfp_t flags)")
def krealloc(guest: Guest, old: int, size: int, _flags: int) -> int:
    """Resize an allocation; return the same address if it is large enough, else that of a larger copy."""
    if not size:
        kfree(guest, old)
        return ZERO_SIZE_PTR
    had = guest.heap.size(old)
    if had >= size:
        return old
    new = guest.heap.kmalloc(size)
    if new and had:
        guest.memory.write(new, guest.memory.read(old, had))
        kfree(guest, old)
    return new


@function("void *krealloc_node_align_noprof(const void *p, size_t new_size, unsigned long align, gfp_t flags, int nid)")
def krealloc_node_align(guest: Guest, old: int, size: int, align: int, flags: int, _node: int) -> int:
    """Resize an allocation as `krealloc()`, which is a macro then; an alignment of its own stops the run."""
    if align > _ALIGNED:
        raise Needs(f"krealloc_node_align_noprof() with an alignment of {align}")
    return int(krealloc(guest, old, size, flags))


@function("void kfree(const void *p)", "void kfree_sensitive(const void *p)")
def kfree(guest: Guest, address: int) -> None:
    """Free an allocation. NULL is ignored, and so is memory of others, because `kfree_const()` is given a module's
    texts, too.
    """
    if address > ZERO_SIZE_PTR:
        guest.heap.free(address)


@function("size_t ksize(const void *p)", "size_t __ksize(const void *p)")
def ksize(guest: Guest, address: int) -> int:
    """Return how many bytes an allocation really has."""
    return guest.heap.size(address)


_CACHE_ALIGN = 13
"""The bit `SLAB_HWCACHE_ALIGN`, where no enum says which it is: Linux's "mm, slab: use an enum to
define SLAB_ cache creation flags" (v6.9) made one.
"""


def _alignment(guest: Guest, size: int, align: int, flags: int) -> int:
    """Return the alignment of a cache's objects: a cache line, or as much of it as two or more objects can share
    (`calculate_alignment()`).
    """
    shared = 1 << constant(guest, "_SLAB_HWCACHE_ALIGN", _CACHE_ALIGN)
    line = guest.hardware.cpu.cache_line if flags & shared else 8
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
    """Return a new cache. Caches that are alike are not merged."""
    return create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, flags: int, _offset: int, _usersize: int, ctor: int
) -> int:
    """Return a new cache; which part of its objects may be copied to the user is not looked at."""
    return create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int object_size,"
    " struct kmem_cache_args *args, slab_flags_t flags)"
)
def kmem_cache_create_args(guest: Guest, name: int, size: int, args: int, flags: int) -> int:
    """Return a new cache, described by a structure since 6.12."""
    wanted = view(guest, "kmem_cache_args", args)
    return create(guest, name, size, wanted.align, wanted.ctor, flags)


@function("void kmem_cache_destroy(struct kmem_cache *s)")
def kmem_cache_destroy(guest: Guest, address: int) -> None:
    """Free a cache; NULL is ignored. The warning about objects that are left is not modelled, because they are not
    counted.
    """
    if address:
        guest.heap.free(view(guest, "kmem_cache", address).name)
        guest.heap.free(address)


@function("int kmem_cache_shrink(struct kmem_cache *s)")
def kmem_cache_shrink(_guest: Guest, _cache: int) -> int:
    """Return 0: no memory is kept back that could be freed."""
    return 0


@function(
    "void *kmalloc_large(size_t size, gfp_t flags)",
    "void *__kmalloc_large_node_noprof(size_t size, gfp_t flags, int node)",
)
def kmalloc_large(guest: Guest, size: int, _flags: int, *_node: int) -> int:
    """Return the address of whole pages for `size` bytes; NULL above 4 MiB."""
    return guest.heap.pages((size + PAGE - 1) // PAGE) if size <= 4 << 20 else 0


@function("unsigned int kmem_cache_size(struct kmem_cache *s)")
def kmem_cache_size(guest: Guest, cache: int) -> int:
    """Return the size of a cache's objects in bytes."""
    return int(view(guest, "kmem_cache", cache).object_size)
