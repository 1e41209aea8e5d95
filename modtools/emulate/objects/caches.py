"""Caches of objects: what each is like, and which of them Linux makes one because they are alike.

From Linux 6.1: `mm/slab_common.c: calculate_alignment(), find_mergeable(), create_cache()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.machine.builtin import builtin
from modtools.emulate.symbols.structs import constant, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_ALIGNED = 8
"""Every object begins at a multiple of this."""
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
_WATCHED = (("_SLAB_RED_ZONE", 10), ("_SLAB_POISON", 11))
_NEVER_MERGED = (
    *_WATCHED, ("_SLAB_STORE_USER", 16), ("_SLAB_TRACE", 21),
    ("_SLAB_TYPESAFE_BY_RCU", 19), ("_SLAB_NOLEAKTRACE", 23), ("_SLAB_FAILSLAB", 25), ("_SLAB_NO_MERGE", 24),
)  # fmt: skip
"""Flags of caches: the letters of those that alike ones share, those by which the surroundings of objects are watched,
and all that keep a cache apart, each with the enum's name and the bit where there is no enum (`mm/slab_common.c:
SLAB_MERGE_SAME, SLAB_NEVER_MERGE`).
"""


def is_watched(guest: Guest, address: int) -> bool:
    """Return whether the surroundings of a cache's objects are looked at."""
    flags = view(guest, "kmem_cache", address).flags
    return any(flags >> constant(guest, name, bit) & 1 for name, bit in _WATCHED)


def forget(guest: Guest, address: int) -> None:
    """Let no other cache be this one any more."""
    made = guest.table("caches")
    for key in [key for key, at in made.items() if at == address]:
        del made[key]


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


def whole_size(guest: Guest, address: int) -> int:
    """Return the bytes from one object of a cache to the next one."""
    cache = view(guest, "kmem_cache", address)
    return int(-(-max(cache.object_size, _ALIGNED) // cache.align) * cache.align)


def cache_name(guest: Guest, address: int) -> str:
    """Return the name of a cache."""
    return guest.text(view(guest, "kmem_cache", address).name)
