"""Bitmaps, sorting, checksums, identifiers, random numbers.

From Linux 6.1: `lib/find_bit.c`, `lib/bitmap.c`, `arch/x86/lib/hweight.S`, `lib/sort.c`, `lib/bsearch.c`,
`lib/math/gcd.c`, `lib/math/int_sqrt.c`, `lib/crc32.c`, `lib/uuid.c`, `drivers/char/random.c`.
Random numbers are the same in every run.
"""

from __future__ import annotations

import functools
import random
import re
import zlib

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, native
from modtools.linuxerrno import EINVAL

# `arch/x86/lib/hweight.S`: clear the lowest set bit of RDI until there is none, and count in EAX, because the machine
# has no POPCNT. Callers keep all registers but RAX.
_COUNT_BITS = "31c0 4885ff 740b 488d57ff 4821d7 ffc0 ebf0 5a5f c3"
native("__sw_hweight32", "5752 89ff" + _COUNT_BITS)
native("__sw_hweight64", "5752" + _COUNT_BITS)


def bitmap(guest: Guest, address: int, bits: int) -> int:
    """Return a bitmap as a number, without what is behind its last bit."""
    size = (bits + 63) // 64 * 8
    return int.from_bytes(guest.memory.read(address, guest.bounded(size)), "little") & (1 << bits) - 1


def _first(value: int, limit: int) -> int:
    return (value & -value).bit_length() - 1 if value else limit


@function("unsigned long _find_next_bit(const unsigned long *addr, unsigned long nbits, unsigned long start)")
def find_next_bit(guest: Guest, address: int, bits: int, start: int) -> int:
    """`lib/find_bit.c`: Return the index of the first set bit from `start` on, `nbits` if there is none."""
    return _first(bitmap(guest, address, bits) >> start << start, bits) if start < bits else bits


@function("unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long nbits, unsigned long start)")
def find_next_zero_bit(guest: Guest, address: int, bits: int, start: int) -> int:
    """`lib/find_bit.c`: Return the index of the first clear bit from `start` on, `nbits` if there is none."""
    value = ~bitmap(guest, address, bits) & (1 << bits) - 1
    return _first(value >> start << start, bits) if start < bits else bits


@function("unsigned long _find_first_bit(const unsigned long *addr, unsigned long size)")
def find_first_bit(guest: Guest, address: int, bits: int) -> int:
    """`lib/find_bit.c`: Return the index of the first set bit, `size` if there is none."""
    return _first(bitmap(guest, address, bits), bits)


@function("unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size)")
def find_first_zero_bit(guest: Guest, address: int, bits: int) -> int:
    """`lib/find_bit.c`: Return the index of the first clear bit, `size` if there is none."""
    return _first(~bitmap(guest, address, bits) & (1 << bits) - 1, bits)


@function("unsigned long _find_last_bit(const unsigned long *addr, unsigned long size)")
def find_last_bit(guest: Guest, address: int, bits: int) -> int:
    """`lib/find_bit.c`: Return the index of the last set bit, `size` if there is none."""
    value = bitmap(guest, address, bits)
    return value.bit_length() - 1 if value else bits


@function(
    "unsigned long _find_next_and_bit(const unsigned long *addr1, const unsigned long *addr2, unsigned long nbits,"
    " unsigned long start)"
)
def find_next_and_bit(guest: Guest, one: int, two: int, bits: int, start: int) -> int:
    """`lib/find_bit.c`: Return the index of the first bit from `start` on that is set in both
    bitmaps, `nbits` if none is.
    """
    value = bitmap(guest, one, bits) & bitmap(guest, two, bits)
    return _first(value >> start << start, bits) if start < bits else bits


@function("unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int bits)")
def bitmap_weight(guest: Guest, address: int, bits: int) -> int:
    """`lib/bitmap.c`: Return how many bits of a bitmap are set."""
    return bitmap(guest, address, bits).bit_count()


@function("bool __bitmap_equal(const unsigned long *bitmap1, const unsigned long *bitmap2, unsigned int bits)")
def bitmap_equal(guest: Guest, one: int, two: int, bits: int) -> bool:
    """`lib/bitmap.c`: Return whether two bitmaps have the same bits."""
    return bitmap(guest, one, bits) == bitmap(guest, two, bits)


def _store(guest: Guest, address: int, low: int, count: int, fill: bool) -> None:
    size = (low + count + 63) // 64 * 8
    value = int.from_bytes(guest.memory.read(address, size), "little")
    mask = (1 << count) - 1 << low
    guest.memory.write(address, (value | mask if fill else value & ~mask).to_bytes(size, "little"))


@function("void __bitmap_set(unsigned long *map, unsigned int start, int len)")
def bitmap_set(guest: Guest, address: int, start: int, count: int) -> None:
    """`lib/bitmap.c`: Set `len` bits from `start` on."""
    _store(guest, address, start, guest.bounded(count), True)


@function("void __bitmap_clear(unsigned long *map, unsigned int start, int len)")
def bitmap_clear(guest: Guest, address: int, start: int, count: int) -> None:
    """`lib/bitmap.c`: Clear `len` bits from `start` on."""
    _store(guest, address, start, guest.bounded(count), False)


@function(
    "unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)",
    "unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)",
)
def bitmap_zalloc(guest: Guest, bits: int, _flags: int) -> int:
    """`lib/bitmap.c`: Allocate a bitmap with all bits clear, also for bitmap_alloc()."""
    return guest.heap.kmalloc((bits + 63) // 64 * 8 or 8)


@function("void bitmap_free(const unsigned long *bitmap)")
def bitmap_free(guest: Guest, address: int) -> None:
    """`lib/bitmap.c`: Free a bitmap; NULL is nothing to do."""
    if address:
        guest.heap.free(address)


@function("void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func)")
def sort(guest: Guest, base: int, count: int, size: int, compare: int, _swap: int) -> None:
    """`lib/sort.c`: Sort an array with the caller's comparison, which gets copies; equal elements keep their order,
    which Linux does not promise. `swap_func` is not called.
    """
    guest.bounded(count * size)
    rows = [guest.memory.read(base + at * size, size) for at in range(count)]
    one, two = guest.heap.kmalloc(size), guest.heap.kmalloc(size)

    def difference(left: bytes, right: bytes) -> int:
        guest.memory.write(one, left)
        guest.memory.write(two, right)
        return guest.call_signed(compare, one, two)

    rows.sort(key=functools.cmp_to_key(difference))
    guest.memory.write(base, b"".join(rows))
    guest.heap.free(one)
    guest.heap.free(two)


@function("void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)")
def bsearch(guest: Guest, key: int, base: int, count: int, size: int, compare: int) -> int:
    """`lib/bsearch.c`: Search a sorted array with the caller's comparison; return an element that
    compares equal, or NULL.
    """
    while count:
        middle = base + (count >> 1) * size
        result = guest.call_signed(compare, key, middle)
        if not result:
            return middle
        if result > 0:
            base, count = middle + size, count - 1
        count >>= 1
    return 0


@function("unsigned long gcd(unsigned long a, unsigned long b)")
def gcd(_guest: Guest, one: int, two: int) -> int:
    """`lib/math/gcd.c`: Return the greatest common divisor of two numbers."""
    import math

    return math.gcd(one, two)


@function("unsigned long int_sqrt(unsigned long x)")
def int_sqrt(_guest: Guest, value: int) -> int:
    """`lib/math/int_sqrt.c`: Return the square root of a number, rounded down."""
    import math

    return math.isqrt(value)


@function("u32 crc32_le(u32 crc, const unsigned char *p, size_t len)")
def crc32_le(guest: Guest, crc: int, data: int, size: int) -> int:
    """`lib/crc32.c`: Go on with a CRC-32, lowest bit first, without zlib's inversions before and after; return it."""
    return zlib.crc32(guest.memory.read(data, guest.bounded(size)) if size else b"", crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


@function("u32 crc32_be(u32 crc, const unsigned char *p, size_t len)")
def crc32_be(guest: Guest, crc: int, data: int, size: int) -> int:
    """`lib/crc32.c`: Go on with a CRC-32 of the same polynomial, highest bit first; return it."""
    for byte in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc ^= byte << 24
        for _ in range(8):
            crc = crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)
            crc &= 0xFFFFFFFF
    return crc


@function("u32 __crc32c_le(u32 crc, const unsigned char *p, size_t len)")
def crc32c_le(guest: Guest, crc: int, data: int, size: int) -> int:
    """`lib/crc32.c`: Go on with a CRC-32C (Castagnoli's polynomial), lowest bit first; return it."""
    for byte in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc


_UUID = re.compile(rb"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _uuid(guest: Guest, text: int, order: bytes, result: int) -> int:
    raw = guest.memory.text(text, 36)
    if not _UUID.fullmatch(raw):
        return -EINVAL
    digits = bytes.fromhex(raw.replace(b"-", b"").decode("utf-8", "surrogateescape"))
    guest.memory.write(result, bytes(digits[at] for at in order))
    return 0


@function("int guid_parse(const char *uuid, guid_t *u)")
def guid_parse(guest: Guest, text: int, result: int) -> int:
    """`lib/uuid.c`: Parse a UUID's text into bytes, its first three parts little-endian; 0, or -EINVAL."""
    return _uuid(guest, text, bytes((3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15)), result)


@function("int uuid_parse(const char *uuid, uuid_t *u)")
def uuid_parse(guest: Guest, text: int, result: int) -> int:
    """`lib/uuid.c`: Parse a UUID's text into bytes in the order of the text; 0, or -EINVAL."""
    return _uuid(guest, text, bytes(range(16)), result)


def random_bytes(guest: Guest, size: int) -> bytes:
    """Return the next bytes of the virtual machine's own random sequence, which goes on from command to command."""
    table = guest.table("random")
    table["count"] = table.get("count", 0) + 1
    return random.Random(table["count"]).randbytes(size)


@function("void get_random_bytes(void *buf, size_t len)")
def get_random_bytes(guest: Guest, buffer: int, size: int) -> None:
    """`drivers/char/random.c`: Fill a buffer with random bytes, the same in every run."""
    guest.memory.write(buffer, random_bytes(guest, guest.bounded(size)))


@function("u32 get_random_u32(void)")
def get_random_u32(guest: Guest) -> int:
    """`drivers/char/random.c`: Return a random number of 32 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 4), "little")


@function("u16 get_random_u16(void)")
def get_random_u16(guest: Guest) -> int:
    """`drivers/char/random.c`: Return a random number of 16 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 2), "little")


@function("u8 get_random_u8(void)")
def get_random_u8(guest: Guest) -> int:
    """`drivers/char/random.c`: Return a random number of 8 bits, the same in every run."""
    return int.from_bytes(random_bytes(guest, 1), "little")


@function("void add_device_randomness(const void *buf, size_t len)")
def add_device_randomness(_guest: Guest, _buffer: int, _size: int) -> None:
    """`drivers/char/random.c`: Do nothing: what a driver adds does not change the machine's random numbers."""
