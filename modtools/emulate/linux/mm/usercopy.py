"""mm/usercopy.c: Checks of hardened copies from and to programs."""

from __future__ import annotations

from modtools.emulate.cpu.oops import kernel_bug
from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.slab_common import ZERO_SIZE_PTR
from modtools.emulate.linux.mm.slub import kmalloc_name
from modtools.emulate.memory import address_space
from modtools.emulate.objects.caches import cache_name
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.integers import MASK64
from modtools.kernel.log import EMERG

Finding = tuple[str, int]
"""What may not be copied, as the kernel calls it, and how far into it the copy begins."""


@function("void __check_object_size(const void *ptr, unsigned long n, bool to_user)")
def check_object_size(guest: Guest, address: int, size: int, to_user: int) -> None:
    """Stop a copy that reaches beyond the object that it begins in, or into memory that nobody may copy."""
    if not size:
        return
    found = _address(address, size) or _heap(guest, address, size) or _text(guest, address, size)
    if found:
        what, offset = found
        attempt = "exposure attempt detected from" if to_user else "overwrite attempt detected to"
        length = address + size & MASK64 if what == "wrapped address" else size
        guest.printk(EMERG, f"usercopy: Kernel memory {attempt} {what} (offset {offset}, size {length})!")
        raise guest.die(kernel_bug(guest, "usercopy_abort"))


def _address(address: int, size: int) -> Finding | None:
    if address + size - 1 > MASK64:
        return "wrapped address", 0
    return ("null address", address) if address <= ZERO_SIZE_PTR else None


def _heap(guest: Guest, address: int, size: int) -> Finding | None:
    """Return what is wrong with a copy in memory that was given out; pages that were given out as such are not looked
    at.
    """
    kind, begin, length = guest.heap.part_of(address)
    offset = address - begin
    if kind == "sizes":
        return _object(guest, begin, offset, size)
    if kind == "page_sizes":
        return ("page alloc", offset) if size > length - offset and not guest.heap.is_plain(begin) else None
    if kind == "vmalloc_sizes":
        return ("vmalloc", offset) if size > length - offset else None
    return None


def _object(guest: Guest, begin: int, offset: int, size: int) -> Finding | None:
    """Return what is wrong with a copy in an object of a cache (`mm/slub.c: __check_heap_object()`)."""
    owner, whole = guest.heap.owner(begin), guest.heap.size(begin)
    cache = view(guest, "kmem_cache", owner) if owner else None
    first, allowed = (cache.useroffset, cache.usersize) if cache else (0, whole)
    if first <= offset <= first + allowed and size <= first - offset + allowed:
        return None
    return f"SLUB object '{cache_name(guest, owner) if owner else kmalloc_name(whole)}'", offset


def _text(guest: Guest, address: int, size: int) -> Finding | None:
    """Return what is wrong with a copy of the kernel's code."""
    memory = guest.profile.memory
    first, end = (memory.begin, memory.text_end) if memory else (address_space.TEXT, address_space.TEXT_END)
    overlaps = address < end and address + size > first
    return ("kernel text", max(address - first, 0)) if overlaps else None
