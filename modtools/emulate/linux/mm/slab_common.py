"""mm/slab_common.c: Memory of any size: kmalloc and its family, and caches of objects."""

from __future__ import annotations

from modtools.emulate.cpu.oops import kernel_bug, report_kernel_warning, report_stack
from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import builtin
from modtools.emulate.memory import address_space, pages
from modtools.emulate.printf.flagnames import spell_page
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, view
from modtools.kernel import oops
from modtools.kernel.log import ERR, WARNING
from modtools.kernel.taint import Taint
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
    cache = view(guest, "kmem_cache", owner) if owner else None
    watched = (constant(guest, name, bit) for name, bit in _NEVER_MERGED[:2])
    if cache and any(cache.flags >> bit & 1 for bit in watched):
        return int(cache.object_size)
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


def create(
    guest: Guest, name: int, size: int, align: int, ctor: int, flags: int = 0, usercopy: tuple[int, int] = (0, 0)
) -> int:
    """Return a cache: one that there is already and that is alike, or a new one, of which the sizes, the name, the
    constructor, and where the part of its objects begins that may be copied to the user and how long it is are kept.
    """
    align = _alignment(guest, size, align, flags)
    alike = 0 if ctor or usercopy[1] else _find_alike(guest, size, align, flags)
    if alike:
        cache = view(guest, "kmem_cache", alike)
        cache.refcount, cache.align = cache.refcount + 1, max(cache.align, align)
        cache.object_size = max(cache.object_size, size)
        return alike
    made = _make(guest, guest.memory.text(name), size, align, ctor, usercopy)
    view(guest, "kmem_cache", made).flags = flags
    if not ctor and not usercopy[1] and (letters := _letters(guest, flags)) is not None:
        guest.table("caches")[f"{letters}-{-(-size // align) * align}"] = made
    return made


_MERGED = (
    ("d", "_SLAB_CACHE_DMA", 14), ("D", "_SLAB_CACHE_DMA32", 15), ("a", "_SLAB_RECLAIM_ACCOUNT", 17),
    ("A", "_SLAB_ACCOUNT", 26),
)  # fmt: skip
_NEVER_MERGED = (
    ("_SLAB_RED_ZONE", 10), ("_SLAB_POISON", 11), ("_SLAB_STORE_USER", 16), ("_SLAB_TRACE", 21),
    ("_SLAB_TYPESAFE_BY_RCU", 19), ("_SLAB_NOLEAKTRACE", 23), ("_SLAB_FAILSLAB", 25), ("_SLAB_NO_MERGE", 24),
)  # fmt: skip
"""Flags of caches: the letters of those that alike ones share, and those that keep a cache apart, each with
the enum's name and the bit where there is no enum (`mm/slab_common.c: SLAB_MERGE_SAME, SLAB_NEVER_MERGE`).
"""


def _letters(guest: Guest, flags: int) -> str | None:
    """Return the letters of a cache's flags, as folders in /sys/kernel/slab have them; None for one that is kept
    apart.
    """
    if any(flags >> constant(guest, name, bit) & 1 for name, bit in _NEVER_MERGED):
        return None
    return "".join(letter for letter, name, bit in _MERGED if flags >> constant(guest, name, bit) & 1)


def _find_alike(guest: Guest, size: int, align: int, flags: int) -> int:
    """Return a cache whose objects a new one can have, because they are as large and as aligned; 0 for none
    (`find_mergeable()`). One of the kernel's own is made at first use.
    """
    letters, size = _letters(guest, flags), -(-size // align) * align
    if letters is None:
        return 0
    made = guest.table("caches")
    for whole in range(size, size + _ALIGNED):
        key = f"{letters}-{whole}"
        name = builtin(guest).caches.get((letters, whole), "")
        if whole % align == 0 and key not in made and name:
            made[key] = _make(guest, name.encode(), whole, _ALIGNED, 0, (0, 0))
        if whole % align == 0 and key in made:
            return int(made[key])
    return 0


def _make(guest: Guest, name: bytes, size: int, align: int, ctor: int, usercopy: tuple[int, int]) -> int:
    address = guest.heap.kmalloc(8192)
    cache = view(guest, "kmem_cache", address)
    cache.size = cache.object_size = guest.bounded(size)
    cache.align, cache.ctor, cache.refcount = align, ctor, 1
    cache.useroffset, cache.usersize = usercopy
    cache.name = guest.new_text(name)
    return address


@function(
    "struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align,"
    " slab_flags_t flags, void *ctor)"
)
def kmem_cache_create(guest: Guest, name: int, size: int, align: int, flags: int, ctor: int) -> int:
    """Return a cache, which may be one that there is already, with another name."""
    return create(guest, name, size, align, ctor, flags)


@function(
    "struct kmem_cache *kmem_cache_create_usercopy(const char *name, unsigned int size,"
    " unsigned int align, slab_flags_t flags, unsigned int useroffset, unsigned int usersize, void *ctor)"
)
def kmem_cache_create_usercopy(
    guest: Guest, name: int, size: int, align: int, flags: int, offset: int, usersize: int, ctor: int
) -> int:
    """Return a new cache, part of whose objects may be copied to the user."""
    return create(guest, name, size, align, ctor, flags, (offset, usersize))


@function(
    "struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int object_size,"
    " struct kmem_cache_args *args, slab_flags_t flags)"
)
def kmem_cache_create_args(guest: Guest, name: int, size: int, args: int, flags: int) -> int:
    """Return a new cache, described by a structure since 6.12."""
    wanted = view(guest, "kmem_cache_args", args)
    usercopy = (wanted.useroffset, wanted.usersize)
    return create(guest, name, size, wanted.align, wanted.ctor, flags, usercopy)


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
    made = guest.table("caches")
    for key in [key for key, at in made.items() if at == address]:
        del made[key]
    left = guest.heap.objects(address)
    if left:
        _complain_of_objects(guest, address, left)
    else:
        guest.heap.end_cache(address)
        guest.heap.free(view(guest, "kmem_cache", address).name)
        guest.heap.free(address)


def _complain_of_objects(guest: Guest, address: int, left: list[int]) -> None:
    """Log which objects of a cache are left when it is destroyed (`mm/slub.c: list_slab_objects()`), as if all were of
    one slab.
    """
    name = cache_name(guest, address)
    guest.printk(ERR, "=" * _RULE)
    reason = f"Objects remaining in {name} on __kmem_cache_shutdown()"
    guest.printk(ERR, f"BUG {name} ({oops.taint_letters(guest.kernel)}): {reason}")
    guest.printk(ERR, "-" * _RULE)
    guest.printk(ERR, "")
    guest.printk(ERR, _slab(guest, address, left))
    report_stack(guest)
    guest.kernel.add_taint(Taint.BAD_PAGE, lockdep_ok=False)
    for each in left:
        guest.printk(ERR, f"Object 0x{hashed(each)} @offset={each % PAGE}")
    caller = guest.describe(guest.abi.caller(guest.memory, guest.frame))
    text = f"kmem_cache_destroy {name}: Slab cache still has objects when called from {caller}"
    report_kernel_warning(guest, "kmem_cache_destroy", text)


def _slab(guest: Guest, cache: int, left: list[int]) -> str:
    """Return the line about the slab that objects are of (`slab_err()`)."""
    size = whole_size(guest, cache)
    order = slab_order(size)
    page = pages.page_of(left[0])
    flags = pages.PLACE | _PG_SLAB | (_PG_HEAD if order else 0)
    counts = f"objects={(PAGE << order) // size} used={len(left)} fp=0x{hashed(left[-1])}"
    return f"Slab 0x{hashed(page)} {counts} flags={spell_page(flags)}"


_PG_SLAB, _PG_HEAD = 0x200, 0x10000
_HIGHEST_ORDER, _LEAST_OBJECTS = 3, 8
"""Of a slab: at most so many pages, as a power of two, for at least so many objects with one processor."""


def slab_order(size: int) -> int:
    """Return how many pages a slab has for objects of a size, as a power of two: few that waste little
    (`mm/slub.c: calculate_order()`).
    """
    for objects in range(min(_LEAST_OBJECTS, (PAGE << _HIGHEST_ORDER) // size), 1, -1):
        for fraction in (16, 8, 4):
            for order in range(_order(objects * size), _HIGHEST_ORDER + 1):
                if (PAGE << order) % size <= (PAGE << order) // fraction:
                    return order
    return _order(size)


def _order(size: int) -> int:
    """Return the power of two of pages that hold so many bytes (`get_order()`)."""
    return (-(-size // PAGE) - 1).bit_length()


_RULE = 77
"""Signs of the lines around a complaint about a slab."""


def whole_size(guest: Guest, address: int) -> int:
    """Return the bytes from one object of a cache to the next one."""
    cache = view(guest, "kmem_cache", address)
    return int(-(-max(cache.object_size, _ALIGNED) // cache.align) * cache.align)


def cache_name(guest: Guest, address: int) -> str:
    """Return the name of a cache."""
    return guest.text(view(guest, "kmem_cache", address).name)


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
