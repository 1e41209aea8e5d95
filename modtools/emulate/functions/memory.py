"""Allocation of memory: kmalloc and its kin, vmalloc, copies.

From Linux 6.1: `mm/slab_common.c`, `mm/slub.c`, `mm/util.c`, `mm/vmalloc.c`.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable

ZERO_SIZE_PTR = 16


@function(
    "void *__kmalloc(size_t size, gfp_t flags)",
    "void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)",
)
def kmalloc(guest: Guest, size: int, _flags: int, *_caller: int) -> int:
    """`mm/slab_common.c`: Allocate `size` bytes; return the address, or for a size of 0 ZERO_SIZE_PTR, which must not
    be used.
    """
    return guest.heap.kmalloc(size) if size else ZERO_SIZE_PTR


@function(
    "void *__kmalloc_node(size_t size, gfp_t flags, int node)",
    "void *kvmalloc_node(size_t size, gfp_t flags, int node)",
)
def kmalloc_node(guest: Guest, size: int, _flags: int, _node: int) -> int:
    """`mm/slab_common.c`: Allocate `size` bytes on the only memory node, from vmalloc() if kmalloc() cannot
    (`kvmalloc_node()` is of `mm/util.c`).
    """
    if not size:
        return ZERO_SIZE_PTR
    return guest.heap.kmalloc(size) or guest.heap.vmalloc(size)


@function(
    "void *kmalloc_trace(struct kmem_cache *cache, gfp_t flags, size_t size)",
    "void *kmalloc_node_trace(struct kmem_cache *cache, gfp_t flags, int node, size_t size)",
)
def kmalloc_trace(guest: Guest, _cache: int, _flags: int, *rest: int) -> int:
    """`mm/slab_common.c`: Allocate the size that the compiler knew; the cache is not looked at."""
    return guest.heap.kmalloc(rest[-1])


@variable("kmalloc_caches", 1024)
def kmalloc_caches(_guest: Guest, _address: int) -> None:
    """`mm/slab_common.c`: Leave the table of caches empty: modules only hand its entries to `kmalloc_trace()`, which
    goes by the size.
    """


@function("void *krealloc(const void *p, size_t size, gfp_t flags)")
def krealloc(guest: Guest, old: int, size: int, _flags: int) -> int:
    """`mm/slab_common.c`: Resize an allocation; return the same address if it is large enough, else that of a larger
    copy.
    """
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


@function(
    "void kfree(const void *p)",
    "void kvfree(const void *p)",
    "void vfree(const void *p)",
    "void kfree_sensitive(const void *p)",
    "void kfree_const(const void *p)",
)
def kfree(guest: Guest, address: int) -> None:
    """`mm/slab_common.c`: Free an allocation. NULL is ignored, and so is memory of others, because `kfree_const()` is
    given a module's texts, too (`kvfree()` and `kfree_const()` are of `mm/util.c`, `vfree()` of `mm/vmalloc.c`).
    """
    if address > ZERO_SIZE_PTR:
        guest.heap.free(address)


@function("size_t ksize(const void *p)", "size_t __ksize(const void *p)")
def ksize(guest: Guest, address: int) -> int:
    """`mm/slab_common.c`: Return how many bytes an allocation really has."""
    return guest.heap.size(address)


@function(
    "void *vmalloc(unsigned long size)",
    "void *vzalloc(unsigned long size)",
    "void *vmalloc_user(unsigned long size)",
    "void *vmalloc_32(unsigned long size)",
    "void *vmalloc_node(unsigned long size, int node)",
    "void *vzalloc_node(unsigned long size, int node)",
)
def vmalloc(guest: Guest, size: int, *_node: int) -> int:
    """`mm/vmalloc.c`: Allocate `size` bytes in whole pages; return the address, 0 for a size of 0."""
    return guest.heap.vmalloc(size)


@function("void *__vmalloc(unsigned long size, gfp_t flags)")
def vmalloc_flags(guest: Guest, size: int, _flags: int) -> int:
    """`mm/vmalloc.c`: Allocate `size` bytes as `vmalloc()`; the flags are ignored."""
    return guest.heap.vmalloc(size)


@function("char *kstrdup(const char *s, gfp_t gfp)", "const char *kstrdup_const(const char *s, gfp_t gfp)")
def kstrdup(guest: Guest, text: int, _flags: int) -> int:
    """`mm/util.c`: Return an allocated copy of a text; 0 for NULL."""
    return guest.new_text(guest.memory.text(text)) if text else 0


@function("char *kstrndup(const char *s, size_t max, gfp_t gfp)")
def kstrndup(guest: Guest, text: int, limit: int, _flags: int) -> int:
    """`mm/util.c`: Return an allocated copy of at most `max` bytes of a text; 0 for NULL."""
    return guest.new_text(guest.memory.text(text, limit)) if text else 0


@function("void *kmemdup(const void *src, size_t len, gfp_t gfp)")
def kmemdup(guest: Guest, source: int, size: int, _flags: int) -> int:
    """`mm/util.c`: Return an allocated copy of `len` bytes."""
    new = guest.heap.kmalloc(guest.bounded(size)) if size else ZERO_SIZE_PTR
    if new and size:
        guest.memory.write(new, guest.memory.read(source, size))
    return new


@function("char *kmemdup_nul(const char *s, size_t len, gfp_t gfp)")
def kmemdup_nul(guest: Guest, source: int, size: int, _flags: int) -> int:
    """`mm/util.c`: Return an allocated copy of `len` bytes with a NUL behind them; 0 for NULL."""
    return guest.new_text(guest.memory.read(source, guest.bounded(size))) if source else 0
