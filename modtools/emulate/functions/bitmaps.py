"""Bitmaps as sets: operations on two of them, shifts, regions, texts.

From Linux 6.1: `lib/bitmap.c`. What stands behind the last bit of a bitmap is treated as Linux does: some operations
leave it, some clear it. Words are of 64 bits, little-endian.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.functions.bits import bitmap, bitmap_clear, bitmap_set
from modtools.emulate.functions.bits import find_next_zero_bit as next_zero
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.linuxerrno import EBUSY, ENOMEM


def words(guest: Guest, address: int, bits: int) -> int:
    """Return all words of a bitmap as a number, with the bits behind its last one."""
    return bitmap(guest, address, -(-bits // 64) * 64)


def store(guest: Guest, address: int, value: int, bits: int) -> None:
    """Write a number to all words of a bitmap, with the bits behind its last one."""
    size = -(-bits // 64) * 8
    if size:
        guest.memory.write(address, (value & (1 << 8 * size) - 1).to_bytes(size, "little"))


def _both(operation: Callable[[int, int], int], *, cut: bool) -> Callable[[Guest, int, int, int, int], bool]:
    def operate(guest: Guest, target: int, one: int, two: int, bits: int) -> bool:
        value = operation(words(guest, one, bits), words(guest, two, bits))
        value &= (1 << bits) - 1 if cut else -1
        store(guest, target, value, bits)
        return value != 0

    return operate


function("bool __bitmap_and(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int bits)")(
    _both(lambda one, two: one & two, cut=True)
)
function("bool __bitmap_andnot(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int bits)")(
    _both(lambda one, two: one & ~two, cut=True)
)
function("void __bitmap_or(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int bits)")(
    _both(lambda one, two: one | two, cut=False)
)
function("void __bitmap_xor(unsigned long *dst, const unsigned long *a, const unsigned long *b, unsigned int bits)")(
    _both(lambda one, two: one ^ two, cut=False)
)


@function("void __bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int bits)")
def bitmap_complement(guest: Guest, target: int, source: int, bits: int) -> None:
    """Invert all words of a bitmap, with the bits behind its last one."""
    store(guest, target, ~words(guest, source, bits), bits)


@function(
    "void __bitmap_replace(unsigned long *dst, const unsigned long *old, const unsigned long *new,"
    " const unsigned long *mask, unsigned int nbits)"
)
def bitmap_replace(guest: Guest, target: int, old: int, new: int, mask: int, bits: int) -> None:
    """Take bits from `new` where the mask has ones, and from `old` elsewhere."""
    chosen = words(guest, mask, bits)
    store(guest, target, words(guest, old, bits) & ~chosen | words(guest, new, bits) & chosen, bits)


@function("bool __bitmap_intersects(const unsigned long *a, const unsigned long *b, unsigned int bits)")
def bitmap_intersects(guest: Guest, one: int, two: int, bits: int) -> bool:
    """Return whether two bitmaps have a set bit in common."""
    return bool(bitmap(guest, one, bits) & bitmap(guest, two, bits))


@function("bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int bits)")
def bitmap_subset(guest: Guest, one: int, two: int, bits: int) -> bool:
    """Return whether the second bitmap has all bits that are set in the first."""
    return not bitmap(guest, one, bits) & ~bitmap(guest, two, bits)


@function("unsigned int __bitmap_weight_and(const unsigned long *a, const unsigned long *b, unsigned int bits)")
def bitmap_weight_and(guest: Guest, one: int, two: int, bits: int) -> int:
    """Return how many bits are set in both bitmaps."""
    return (bitmap(guest, one, bits) & bitmap(guest, two, bits)).bit_count()


@function(
    "void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits)"
)
def bitmap_shift_right(guest: Guest, target: int, source: int, shift: int, bits: int) -> None:
    """Shift a bitmap towards bit 0; clear what comes in."""
    store(guest, target, bitmap(guest, source, bits) >> shift, bits)


@function(
    "void __bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits)"
)
def bitmap_shift_left(guest: Guest, target: int, source: int, shift: int, bits: int) -> None:
    """Shift a bitmap towards its last bit, and on to the end of the last word; clear what comes in."""
    store(guest, target, words(guest, source, bits) << min(shift, bits + 64), bits)


@function(
    "unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size, unsigned long start,"
    " unsigned int nr, unsigned long align_mask, unsigned long align_offset)"
)
def bitmap_find_next_zero_area_off(
    guest: Guest, address: int, bits: int, start: int, count: int, mask: int, offset: int
) -> int:
    """Find `nr` clear bits in a row, aligned, from `start` on; return the index of the first, or a number above
    `size` if there are none.
    """
    while True:
        index = next_zero(guest, address, bits, start)
        index = (index + offset + mask & ~mask) - offset
        if index + count > bits:
            return int(index + count)
        taken = bitmap(guest, address, index + count) >> index
        if not taken:
            return int(index)
        start = index + (taken & -taken).bit_length()


@function("int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order)")
def bitmap_find_free_region(guest: Guest, address: int, bits: int, order: int) -> int:
    """Find 2^order clear bits in a row, aligned to their count, and set them; return the first, or -ENOMEM."""
    count = 1 << order
    for place in range(0, bits - count + 1, count):
        if bitmap_allocate_region(guest, address, place, order) == 0:
            return place
    return -ENOMEM


@function("int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order)")
def bitmap_allocate_region(guest: Guest, address: int, place: int, order: int) -> int:
    """Set 2^order bits from `pos` on; -EBUSY if one of them is set already."""
    if bitmap(guest, address, place + (1 << order)) >> place:
        return -EBUSY
    bitmap_set(guest, address, place, 1 << order)
    return 0


@function("void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order)")
def bitmap_release_region(guest: Guest, address: int, place: int, order: int) -> None:
    """Clear 2^order bits from `pos` on."""
    bitmap_clear(guest, address, place, 1 << order)


@function("void bitmap_from_arr32(unsigned long *bitmap, const u32 *buf, unsigned int nbits)")
def bitmap_from_arr32(guest: Guest, address: int, source: int, bits: int) -> None:
    """Fill a bitmap from words of 32 bits; clear what is behind its last bit."""
    raw = guest.memory.read(source, -(-guest.bounded(bits) // 32) * 4)
    store(guest, address, int.from_bytes(raw, "little") & (1 << bits) - 1, bits)


@function("void bitmap_to_arr32(u32 *buf, const unsigned long *bitmap, unsigned int nbits)")
def bitmap_to_arr32(guest: Guest, target: int, address: int, bits: int) -> None:
    """Write a bitmap as words of 32 bits; what is behind its last bit is clear."""
    guest.memory.write(target, bitmap(guest, address, bits).to_bytes(-(-bits // 32) * 4, "little"))


@function(
    "unsigned long *bitmap_zalloc_node(unsigned int nbits, gfp_t flags, int node)",
    "unsigned long *bitmap_alloc_node(unsigned int nbits, gfp_t flags, int node)",
)
def bitmap_zalloc_node(guest: Guest, bits: int, _flags: int, _node: int) -> int:
    """Allocate a bitmap with all bits clear, also for bitmap_alloc_node(); there is only one NUMA node."""
    return guest.heap.kmalloc(-(-bits // 64) * 8 or 8)
