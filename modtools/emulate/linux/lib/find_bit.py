"""lib/find_bit.c: Looking for bits in bitmaps."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


def read_bitmap(guest: Guest, address: int, bits: int) -> int:
    """Return a bitmap as a number, without what is behind its last bit."""
    size = (bits + 63) // 64 * 8
    return int.from_bytes(guest.memory.read(address, guest.bounded(size)), "little") & (1 << bits) - 1


def _first(value: int, limit: int) -> int:
    return (value & -value).bit_length() - 1 if value else limit


@function("unsigned long _find_next_bit(const unsigned long *addr, unsigned long nbits, unsigned long start)")
def find_next_bit(guest: Guest, address: int, bits: int, start: int) -> int:
    """Return the index of the first set bit from `start` on, `nbits` if there is none."""
    return _first(read_bitmap(guest, address, bits) >> start << start, bits) if start < bits else bits


@function("unsigned long _find_next_zero_bit(const unsigned long *addr, unsigned long nbits, unsigned long start)")
def find_next_zero_bit(guest: Guest, address: int, bits: int, start: int) -> int:
    """Return the index of the first clear bit from `start` on, `nbits` if there is none."""
    value = ~read_bitmap(guest, address, bits) & (1 << bits) - 1
    return _first(value >> start << start, bits) if start < bits else bits


@function("unsigned long _find_first_bit(const unsigned long *addr, unsigned long size)")
def find_first_bit(guest: Guest, address: int, bits: int) -> int:
    """Return the index of the first set bit, `size` if there is none."""
    return _first(read_bitmap(guest, address, bits), bits)


@function("unsigned long _find_first_zero_bit(const unsigned long *addr, unsigned long size)")
def find_first_zero_bit(guest: Guest, address: int, bits: int) -> int:
    """Return the index of the first clear bit, `size` if there is none."""
    return _first(~read_bitmap(guest, address, bits) & (1 << bits) - 1, bits)


@function("unsigned long _find_last_bit(const unsigned long *addr, unsigned long size)")
def find_last_bit(guest: Guest, address: int, bits: int) -> int:
    """Return the index of the last set bit, `size` if there is none."""
    value = read_bitmap(guest, address, bits)
    return value.bit_length() - 1 if value else bits


@function(
    "unsigned long _find_next_and_bit(const unsigned long *addr1, const unsigned long *addr2, unsigned long nbits,"
    " unsigned long start)"
)
def find_next_and_bit(guest: Guest, one: int, two: int, bits: int, start: int) -> int:
    """Return the index of the first bit from `start` on that is set in both bitmaps, `nbits` if none is."""
    value = read_bitmap(guest, one, bits) & read_bitmap(guest, two, bits)
    return _first(value >> start << start, bits) if start < bits else bits


@function(
    "unsigned long _find_first_and_bit(const unsigned long *addr1, const unsigned long *addr2, unsigned long size)"
)
def find_first_and_bit(guest: Guest, one: int, two: int, bits: int) -> int:
    """Return the index of the first bit that is set in both bitmaps, `size` if none is."""
    return _first(read_bitmap(guest, one, bits) & read_bitmap(guest, two, bits), bits)


def _nth(value: int, limit: int, number: int) -> int:
    """Return the index of the set bit before which so many are set, the limit if there is none."""
    for _ in range(min(number, limit)):
        value &= value - 1 if value else 0
    return _first(value, limit)


@function("unsigned long __find_nth_bit(const unsigned long *addr, unsigned long size, unsigned long n)")
def find_nth_bit(guest: Guest, address: int, bits: int, number: int) -> int:
    """Return the index of the set bit that has so many before it, `size` if there is none."""
    return _nth(read_bitmap(guest, address, bits), bits, number)


@function(
    "unsigned long __find_nth_and_bit(const unsigned long *addr1, const unsigned long *addr2, unsigned long size,"
    " unsigned long n)"
)
def find_nth_and_bit(guest: Guest, one: int, two: int, bits: int, number: int) -> int:
    """Return the index of the bit set in both bitmaps that has so many before it, `size` if there is none."""
    return _nth(read_bitmap(guest, one, bits) & read_bitmap(guest, two, bits), bits, number)


@function(
    "unsigned long __find_nth_andnot_bit(const unsigned long *addr1, const unsigned long *addr2, unsigned long size,"
    " unsigned long n)"
)
def find_nth_andnot_bit(guest: Guest, one: int, two: int, bits: int, number: int) -> int:
    """Return the index of the bit set in the first bitmap alone that has so many before it, `size` if there is none."""
    return _nth(read_bitmap(guest, one, bits) & ~read_bitmap(guest, two, bits), bits, number)
