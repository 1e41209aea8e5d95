"""lib/bitmap.c: Bitmaps as sets: operations on two of them, shifts, regions, texts.

What stands behind the last bit of a bitmap is treated as Linux does: some operations leave it, some clear it. Words are
of 64 bits, little-endian.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.find_bit import find_next_zero_bit as next_zero
from modtools.emulate.linux.lib.find_bit import read_bitmap
from modtools.emulate.linux.lib.hexdump import digit
from modtools.emulate.linux.lib.kstrtox import read_user
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.printf.conversion import Spec
from modtools.emulate.printf.pointers import pointer
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.link.memory import PAGE
from modtools.linuxerrno import EBUSY, EFAULT, EINVAL, ENOMEM, EOVERFLOW, ERANGE


def words(guest: Guest, address: int, bits: int) -> int:
    """Return all words of a bitmap as a number, with the bits behind its last one."""
    return read_bitmap(guest, address, -(-bits // 64) * 64)


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
    return bool(read_bitmap(guest, one, bits) & read_bitmap(guest, two, bits))


@function("bool __bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int bits)")
def bitmap_subset(guest: Guest, one: int, two: int, bits: int) -> bool:
    """Return whether the second bitmap has all bits that are set in the first."""
    return not read_bitmap(guest, one, bits) & ~read_bitmap(guest, two, bits)


@function("unsigned int __bitmap_weight_and(const unsigned long *a, const unsigned long *b, unsigned int bits)")
def bitmap_weight_and(guest: Guest, one: int, two: int, bits: int) -> int:
    """Return how many bits are set in both bitmaps."""
    return (read_bitmap(guest, one, bits) & read_bitmap(guest, two, bits)).bit_count()


@function(
    "void __bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift, unsigned int nbits)"
)
def bitmap_shift_right(guest: Guest, target: int, source: int, shift: int, bits: int) -> None:
    """Shift a bitmap towards bit 0; clear what comes in."""
    store(guest, target, read_bitmap(guest, source, bits) >> shift, bits)


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
    """Find `nr` clear bits in a row, aligned, from `start` on; return the index of the first, or a number above `size`
    if there are none.
    """
    while True:
        index = next_zero(guest, address, bits, start)
        index = (index + offset + mask & ~mask) - offset
        if index + count > bits:
            return int(index + count)
        taken = read_bitmap(guest, address, index + count) >> index
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
    if read_bitmap(guest, address, place + (1 << order)) >> place:
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
    guest.memory.write(target, read_bitmap(guest, address, bits).to_bytes(-(-bits // 32) * 4, "little"))


@function(
    "unsigned long *bitmap_zalloc_node(unsigned int nbits, gfp_t flags, int node)",
    "unsigned long *bitmap_alloc_node(unsigned int nbits, gfp_t flags, int node)",
)
def bitmap_zalloc_node(guest: Guest, bits: int, _flags: int, _node: int) -> int:
    """Allocate a bitmap with all bits clear, also for bitmap_alloc_node(); there is only one NUMA node."""
    return guest.heap.kmalloc(-(-bits // 64) * 8 or 8)


def _between(code: int) -> bool:
    """Return whether a byte separates two parts of a list: a blank or a comma."""
    return code in WHITE_SPACE or code == ord(",")


class _Wrong(Exception):
    """Raised for a list or a part of it that cannot be parsed; carries the errno."""

    def __init__(self, error: int) -> None:
        self.error = error


class _List:
    """Reads a list, part by part; `value` is what was read so far."""

    def __init__(self, text: bytes, bits: int) -> None:
        self._text, self._bits, self._at = text.split(b"\n")[0] + b"\0", bits, 0
        self.value = 0

    def read(self) -> None:
        """Read all parts of the list into `value`."""
        while True:
            while _between(self._text[self._at]):
                self._at += 1
            if not self._text[self._at]:
                return
            self._part()

    def _part(self) -> None:
        last = self._bits - 1
        if self._text[self._at : self._at + 3].lower() == b"all":
            self._at += 3
            start, end = 0, last
        else:
            start = end = self._number()
            if self._ends():
                return self._put(start, end, end + 1, end + 1)
            self._expect(b"-")
            end = self._number()
        if self._ends():
            return self._put(start, end, end + 1, end + 1)
        self._expect(b":")
        used = self._number()
        self._expect(b"/")
        return self._put(start, end, used, self._number())

    def _put(self, start: int, end: int, used: int, group: int) -> None:
        if start > end or not group or used > group:
            raise _Wrong(EINVAL)
        if end >= self._bits:
            raise _Wrong(ERANGE)
        for first in range(start, end + 1, group):
            count = min(end - first + 1, used)
            self.value |= (1 << count) - 1 << first

    def _number(self) -> int:
        if self._text[self._at] == ord("N"):
            self._at += 1
            return self._bits - 1
        start = self._at
        while 48 <= self._text[self._at] <= 57:
            self._at += 1
        if start == self._at:
            raise _Wrong(EINVAL)
        value = int(self._text[start : self._at])
        if value >> 32:
            raise _Wrong(EOVERFLOW)
        return value

    def _ends(self) -> bool:
        code = self._text[self._at]
        return not code or _between(code)

    def _expect(self, letter: bytes) -> None:
        if self._text[self._at : self._at + 1] != letter:
            raise _Wrong(EINVAL)
        self._at += 1


def _parse_list(guest: Guest, text: bytes, target: int, bits: int) -> int:
    reading, error = _List(text, bits), 0
    try:
        reading.read()
    except _Wrong as wrong:
        error = -wrong.error
    store(guest, target, reading.value, bits)
    return error


@function("int bitmap_parselist(const char *buf, unsigned long *maskp, int nmaskbits)")
def bitmap_parselist(guest: Guest, text: int, target: int, bits: int) -> int:
    """Fill a bitmap from a list; 0, or a negative errno, after which the parts before the error are set."""
    return _parse_list(guest, guest.memory.text(text), target, bits)


@function("int bitmap_parselist_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nmaskbits)")
def bitmap_parselist_user(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a list in user memory; 0, -EFAULT, or the errno of a wrong list."""
    raw = read_user(guest, text, guest.bounded(size))
    if raw is None:
        return -EFAULT
    return _parse_list(guest, raw.split(b"\0")[0], target, bits)


def _parse_mask(guest: Guest, raw: bytes, target: int, bits: int) -> int:
    """Fill a bitmap from a mask, from its end on in parts of 32 bits; 0 or a negative errno, and what was read before
    the error is written.
    """
    line = raw.split(b"\0")[0].split(b"\n")[0]
    value, filled, end = words(guest, target, bits), 0, len(line)
    error = 0
    while not error:
        while end and _between(line[end - 1]):
            end -= 1
        if not end:
            break
        start = end
        while start and not _between(line[start - 1]):
            start -= 1
        part = line[start:end]
        if filled >= bits:
            error = -EOVERFLOW
        elif any(digit(code) < 0 for code in part[-8:]):
            error = -EINVAL
        elif len(part) > 8 and digit(part[-9]) < 0:
            raise Needs("a mask with a wrong letter before eight digits")
        elif len(part) > 8:
            error = -EOVERFLOW
        else:
            value = value & ~(0xFFFFFFFF << filled) | int(part, 16) << filled
            filled, end = filled + 32, start
    if not error:
        value &= (1 << filled) - 1 | -1 << bits if filled < bits else -1
        error = -EOVERFLOW if filled > bits and value >> bits & (1 << filled - bits) - 1 else 0
    store(guest, target, value, bits)
    return error


@function("int bitmap_parse(const char *start, unsigned int buflen, unsigned long *maskp, int nmaskbits)")
def bitmap_parse(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a hexadecimal mask; 0 or a negative errno."""
    return _parse_mask(guest, guest.memory.text(text, min(size, PAGE << 4)), target, bits)


@function("int bitmap_parse_user(const char __user *ubuf, unsigned int ulen, unsigned long *maskp, int nmaskbits)")
def bitmap_parse_user(guest: Guest, text: int, size: int, target: int, bits: int) -> int:
    """Fill a bitmap from a hexadecimal mask in user memory; 0, -EFAULT, or the errno of a wrong mask."""
    raw = read_user(guest, text, guest.bounded(size))
    if raw is None:
        return -EFAULT
    return _parse_mask(guest, raw, target, bits)


@function("int bitmap_print_to_pagebuf(bool list, char *buf, const unsigned long *maskp, int nmaskbits)")
def bitmap_print_to_pagebuf(guest: Guest, as_list: int, buffer: int, address: int, bits: int) -> int:
    """Write a bitmap as a line, a list or a mask, cut to the rest of the buffer's page; return its length."""
    line = pointer(guest, address, b"bl" if as_list else b"b", Spec(width=bits)) + b"\n"
    line = line[: PAGE - buffer % PAGE - 1]
    guest.memory.write(buffer, line + b"\0")
    return len(line)


def _print_to_buffer(kind: bytes) -> Callable[[Guest, int, int, int, int, int], int]:
    """Return the function that writes a part of a bitmap's line, with a NUL at its end, as files of /sys read it."""

    def write(guest: Guest, buffer: int, address: int, bits: int, offset: int, count: int) -> int:
        line = pointer(guest, address, kind, Spec(width=bits)) + b"\n\0"
        if offset < 0:
            return -EINVAL
        part = line[offset : offset + count]
        guest.memory.write(buffer, part)
        return len(part)

    return write


function(
    "int bitmap_print_bitmask_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off, size_t count)"
)(_print_to_buffer(b"b"))
function(
    "int bitmap_print_list_to_buf(char *buf, const unsigned long *maskp, int nmaskbits, loff_t off, size_t count)"
)(_print_to_buffer(b"bl"))


@function("unsigned int __bitmap_weight(const unsigned long *bitmap, unsigned int bits)")
def bitmap_weight(guest: Guest, address: int, bits: int) -> int:
    """Return how many bits of a bitmap are set."""
    return read_bitmap(guest, address, bits).bit_count()


@function("bool __bitmap_equal(const unsigned long *bitmap1, const unsigned long *bitmap2, unsigned int bits)")
def bitmap_equal(guest: Guest, one: int, two: int, bits: int) -> bool:
    """Return whether two bitmaps have the same bits."""
    return read_bitmap(guest, one, bits) == read_bitmap(guest, two, bits)


def _store(guest: Guest, address: int, low: int, count: int, fill: bool) -> None:
    size = (low + count + 63) // 64 * 8
    value = int.from_bytes(guest.memory.read(address, size), "little")
    mask = (1 << count) - 1 << low
    guest.memory.write(address, (value | mask if fill else value & ~mask).to_bytes(size, "little"))


@function("void __bitmap_set(unsigned long *map, unsigned int start, int len)")
def bitmap_set(guest: Guest, address: int, start: int, count: int) -> None:
    """Set `len` bits from `start` on."""
    _store(guest, address, start, guest.bounded(count), True)


@function("void __bitmap_clear(unsigned long *map, unsigned int start, int len)")
def bitmap_clear(guest: Guest, address: int, start: int, count: int) -> None:
    """Clear `len` bits from `start` on."""
    _store(guest, address, start, guest.bounded(count), False)


@function(
    "unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)",
    "unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)",
)
def bitmap_zalloc(guest: Guest, bits: int, _flags: int) -> int:
    """Allocate a bitmap with all bits clear, also for bitmap_alloc()."""
    return guest.heap.kmalloc((bits + 63) // 64 * 8 or 8)


@function("void bitmap_free(const unsigned long *bitmap)")
def bitmap_free(guest: Guest, address: int) -> None:
    """Free a bitmap; NULL is ignored."""
    if address:
        guest.heap.free(address)


@function(
    "void bitmap_cut(unsigned long *dst, const unsigned long *src, unsigned int first, unsigned int cut,"
    " unsigned int nbits)"
)
def bitmap_cut(guest: Guest, target: int, source: int, first: int, cut: int, bits: int) -> None:
    """Take some bits out of a bitmap; those above them move down, and zeros come after them."""
    value = words(guest, source, bits)
    store(guest, target, value >> first + cut << first | value & (1 << first) - 1, bits)
