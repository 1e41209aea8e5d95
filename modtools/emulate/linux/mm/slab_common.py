"""mm/slab_common.c: Memory of any size: kmalloc and its family, and caches of objects."""

from __future__ import annotations

from modtools.emulate.cpu.oops import kernel_bug, report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space, pages
from modtools.emulate.objects import caches
from modtools.emulate.objects.slabpages import complain_of_objects
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import WARNING
from modtools.link.memory import PAGE, READ

ZERO_SIZE_PTR = 16
_DIRECT_RECLAIM = 0x400
"""__GFP_DIRECT_RECLAIM of `include/linux/gfp_types.h`: who asks for memory may sleep."""
_ALIGNED = 8
"""Every allocation begins at a multiple of this."""


@function(
    "void *__kmalloc(size_t size, gfp_t flags)",
    "void *__kmalloc_track_caller(size_t size, gfp_t flags, unsigned long caller)",
)
def kmalloc(guest: Guest, size: int, flags: int, *_caller: int) -> int:
    """Allocate `size` bytes; return the address, or for a size of 0 ZERO_SIZE_PTR, which must not be used."""
    might_alloc(guest, flags)
    return _allocate(guest, size, flags) if size else ZERO_SIZE_PTR


def might_alloc(guest: Guest, flags: int) -> None:
    """Let the watchdog run where the caller may wait for memory (`include/linux/sched/mm.h: might_alloc()`)."""
    if flags & _DIRECT_RECLAIM:
        guest.effort.may_sleep()


def _allocate(guest: Guest, size: int, flags: int) -> int:
    """Return the address of `size` bytes; 0 for too many, with a warning."""
    found = guest.heap.kmalloc(size)
    if not found:
        pages.complain(guest, flags)
    return found


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
def kmalloc_trace(guest: Guest, _cache: int, flags: int, *rest: int) -> int:
    """Allocate the size that the compiler knew; the cache is not looked at."""
    might_alloc(guest, flags)
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
    """Free an allocation; NULL is ignored. Twice the same is noticed as Linux does it, and so are pages that kmalloc()
    never gave; memory that is not in the direct map has no page to look at. What else lies there is left alone.
    """
    heap = guest.heap
    if address <= ZERO_SIZE_PTR:
        return
    if heap.was_freed(address):
        free_again(guest, address)
    elif heap.is_plain(address) or _is_free_page(guest, address):
        _free_plain(guest, address)
    elif not _in_direct_map(address):
        page = pages.page_of(pages.direct(address))
        if not guest.memory.mapped(page):
            raise guest.die(guest.abi.page_fault(page + _COMPOUND_HEAD, READ, False))
    else:
        heap.free(address)


_COMPOUND_HEAD = 8
"""Where a `struct page` tells which page the first one is (`include/linux/page-flags.h: _compound_head()`)."""


def _in_direct_map(address: int) -> bool:
    return address_space.PAGE_OFFSET <= address < address_space.PAGE_OFFSET + address_space.DIRECT_SIZE


def _is_free_page(guest: Guest, address: int) -> bool:
    """Return whether an address lies among the pages that are given out, in none that is."""
    among = address_space.PAGES <= address < address_space.PAGES_END and not guest.heap.size(address)
    return among and not guest.heap.part_of(address)[0]


def free_again(guest: Guest, address: int) -> None:
    """Free an object that is free already. Raises Died where the slab notices it."""
    if not guest.heap.free_again(address):
        raise guest.die(kernel_bug(guest, "set_freepointer"))


def _free_plain(guest: Guest, address: int) -> None:
    """Free pages that kmalloc() never gave, with a warning (`free_large_kmalloc()`)."""
    known = guest.table("warned")
    report_kernel_warning(guest, "free_large_kmalloc")
    if not known.get("object pointer"):
        known["object pointer"] = 1
        guest.printk(WARNING, f"object pointer: 0x{hashed(address)}")
    if not guest.heap.free(address):
        guest.heap.free_page_again(address)


@function("size_t ksize(const void *p)", "size_t __ksize(const void *p)")
def ksize(guest: Guest, address: int) -> int:
    """Return how many bytes an allocation really has: of an object whose surroundings are watched, its own only
    (`slab_ksize()`).
    """
    owner = guest.heap.owner(address)
    if owner and caches.is_watched(guest, owner):
        return int(view(guest, "kmem_cache", owner).object_size)
    return guest.heap.size(address)


@function(
    "struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,"
    " slab_flags_t flags, void *ctor)"
)
def kmem_cache_create(guest: Guest, name: int, size: int, align: int, flags: int, ctor: int) -> int:
    """Return a cache, which may be one that there is already, with another name."""
    return caches.create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, flags: int, offset: int, usersize: int, ctor: int
) -> int:
    """Return a new cache, part of whose objects may be copied to the user."""
    return caches.create(guest, name, size, align, ctor, flags, (offset, usersize))


@function(
    "struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int object_size,"
    " struct kmem_cache_args *args, slab_flags_t flags)"
)
def kmem_cache_create_args(guest: Guest, name: int, size: int, args: int, flags: int) -> int:
    """Return a new cache, described by a structure since 6.12."""
    wanted = view(guest, "kmem_cache_args", args)
    usercopy = (wanted.useroffset, wanted.usersize)
    return caches.create(guest, name, size, wanted.align, wanted.ctor, flags, usercopy)


@function("void kmem_cache_destroy(struct kmem_cache *s)")
def kmem_cache_destroy(guest: Guest, address: int) -> None:
    """Free a cache, unless others share it; NULL is ignored. One with objects that were not freed is complained about,
    and stays.
    """
    if not address:
        return
    cache = view(guest, "kmem_cache", address)
    cache.refcount -= 1
    if cache.refcount:
        return
    caches.forget(guest, address)
    left = guest.heap.objects(address)
    if left:
        complain_of_objects(guest, address, left)
    else:
        guest.heap.end_cache(address)
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
def kmalloc_large(guest: Guest, size: int, flags: int, *_node: int) -> int:
    """Return the address of whole pages for `size` bytes; NULL above 4 MiB, with a warning."""
    if size <= 4 << 20:
        return guest.heap.pages((size + PAGE - 1) // PAGE)
    pages.complain(guest, flags)
    return 0


@function("unsigned int kmem_cache_size(struct kmem_cache *s)")
def kmem_cache_size(guest: Guest, cache: int) -> int:
    """Return the size of a cache's objects in bytes."""
    return int(view(guest, "kmem_cache", cache).object_size)
