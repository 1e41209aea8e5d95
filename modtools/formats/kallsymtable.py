"""The table of symbols inside a kernel image, which /proc/kallsyms is made of (CONFIG_KALLSYMS).

Source: `scripts/kallsyms.c: write_src()`, `kernel/kallsyms.c: kallsyms_expand_symbol(), kallsyms_sym_address()`. The
table has no header. Its parts, each at a multiple of a word, in the image's byte order:

    kallsyms_num_syms         u32 n
    kallsyms_names            for each symbol: length (a byte, or with bit 7 set two: 7 low bits, then the rest), then
                              so many token numbers of one byte; the text that they stand for begins with the letter
    kallsyms_markers          u32: where each 256th symbol begins in the names
    kallsyms_seqs_of_names    3 bytes for each symbol, where it is sorted by name (since 6.2; after the base since 6.4)
    kallsyms_token_table      256 texts, each ended by a zero byte; a digit stands for itself
    kallsyms_token_index      256 times u16: where each text begins
    kallsyms_offsets          n times 32 bits; before 6.4 all the way in front, with the base behind it
    kallsyms_relative_base    a word; not in kernels of 7.x whose offsets count from their own places

An offset is unsigned and counts from the base. With CONFIG_KALLSYMS_ABSOLUTE_PERCPU it is signed: an absolute value,
or if negative the address base - 1 - offset. Where there is no base it is signed and counts from where it lies itself
(`kernel/kallsyms.c: kallsyms_sym_address()`, offset_to_ptr()), and with words of 32 bits it is the address. Then it is
not aligned to a word of 64 bits. The digits in the table of tokens are what the table is found by.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from itertools import pairwise

from modtools.errors import FormatError
from modtools.light import NamedTuple

Row = tuple[int, str, str]
"""Address, letter and name of a symbol."""

_DIGITS = b"".join(b"%d\0" % digit for digit in range(10))
_LARGEST = 1 << 20
"""Symbols that a table may have: six times those of Debian's kernel."""
_NAME = (2 * 256, 256 * 256)
"""Bytes that the names of 256 symbols may take in the table."""
_REACH = 1 << 31
"""Bytes between a kernel's first symbol and its last, at most."""
_FEWEST = 8
"""Markers that a table has at least: the smallest kernels have thousands of symbols."""


class _Tokens(NamedTuple):
    """The table of tokens, where it begins, and where the index that follows it ends."""

    texts: list[str]
    start: int
    end: int


class _Names(NamedTuple):
    """The compressed names, and where the number of symbols lies that stands in front of them."""

    packed: list[bytes]
    count_at: int


class Memory(NamedTuple):
    """Where an image lies: `text` is the address at which its code begins, `address_of` tells that of a place in it,
    and `relocated` what the kernel's own relocations write at a place; 0 for nothing that is known.
    """

    text: int
    address_of: Callable[[int], int] = lambda _: 0
    relocated: Callable[[int], int] = lambda _: 0


def read(data: bytes, bits: int, little: bool, memory: Memory) -> list[Row]:
    """Return address, letter and name of each symbol of an unpacked image, in the table's order.

    Where neither the image nor its relocations have the base, that of the code is taken instead. Raises FormatError if
    there is no table, or a damaged one.
    """
    order, word = "<>"[not little], bits // 8
    for tokens in _token_tables(data, order, word):
        if names := _names(data, order, word, tokens):
            addresses = _addresses(data, order, word, tokens, names, memory)
            texts = tokens.texts
            rows = ("".join([texts[number] for number in name]) for name in names.packed)
            return [(at, row[:1], row[1:]) for at, row in zip(addresses, rows, strict=True)]
    raise FormatError("there is no table of symbols in the image")


def _aligned(at: int, word: int) -> int:
    return -(-at // word) * word


def _token_tables(data: bytes, order: str, word: int) -> Iterator[_Tokens]:
    """Yield what looks like a table of tokens with the index that fits it."""
    at = -1
    while (at := data.find(_DIGITS, at + 1)) >= 0:
        rest = data[at : at + (1 << 15)].split(b"\0", 256 - 48)[: 256 - 48]
        end = at + sum(len(text) + 1 for text in rest)
        for index_at in sorted({_aligned(end, size) for size in (word, 4, 8)}):
            index = struct.unpack_from(f"{order}256H", data, index_at) if index_at + 512 <= len(data) else (1,)
            if index[0] or any(index[48 + digit] != index[48] + 2 * digit for digit in range(10)):
                continue
            start = at - index[48]
            texts = [data[start + begin : data.find(b"\0", start + begin)] for begin in index]
            yield _Tokens([text.decode("latin-1") for text in texts], start, index_at + 512)


def _names(data: bytes, order: str, word: int, tokens: _Tokens) -> _Names | None:
    """Return the names in front of a table of tokens: their markers are looked for backwards from there."""
    end, lowest = tokens.start, max(0, tokens.start - 4 * _LARGEST)
    while (hit := data.rfind(bytes(4), lowest, end)) >= 0:
        at = hit // 4 * 4
        markers = [] if any(data[at : at + 4]) else _markers(data, order, at, tokens.start)
        if len(markers) >= _FEWEST and (found := _before(data, order, word, markers, at)):
            return found
        end = at + 3
    return None


def _markers(data: bytes, order: str, start: int, end: int) -> list[int]:
    """Return the numbers from `start` on that grow as markers do."""
    low, high = _NAME
    markers = [0]
    if start + 8 > end or not low <= struct.unpack_from(f"{order}I", data, start + 4)[0] <= high:
        return markers
    size = min((end - start - 4) // 4 * 4, _LARGEST // 256 * 4)
    for (number,) in struct.iter_unpack(f"{order}I", data[start + 4 : start + 4 + size]):
        if not low <= number - markers[-1] <= high:
            break
        markers.append(number)
    return markers


def _before(data: bytes, order: str, word: int, markers: list[int], end: int) -> _Names | None:
    """Return the names that lie in front of their markers, where a number of symbols in front of them fits."""
    last = markers[-1]
    for start in range((end - last) // 4 * 4, max(word, end - last - _NAME[1]), -4):
        for count_at in {start - 4, start - word}:
            (count,) = struct.unpack_from(f"{order}I", data, count_at)
            if -(-count // 256) == len(markers) and (packed := _packed(data, start, count, markers, end)):
                return _Names(packed, count_at)
    return None


def _packed(data: bytes, at: int, count: int, markers: list[int], limit: int) -> list[bytes]:
    """Return so many names from `at` on; none if the markers do not fit them."""
    start, found = at, []
    for number in range(count):
        if not number % 256 and at - start != markers[number // 256]:
            return []
        length, at = data[at], at + 1
        if length & 0x80:
            length, at = length & 0x7F | data[at] << 7, at + 1
        found.append(data[at : at + length])
        at += length
        if at > limit:
            return []
    return found


def _addresses(data: bytes, order: str, word: int, tokens: _Tokens, names: _Names, memory: Memory) -> list[int]:
    """Return the symbols' addresses. Raises FormatError if no offsets grow as those of symbols do."""
    for found in _readings(data, order, word, tokens, names, memory):
        if found[0] < found[-1] and all(one <= other for one, other in pairwise(found)):
            return found
    raise FormatError("the offsets of the image's table of symbols are not found")


def _readings(
    data: bytes, order: str, word: int, tokens: _Tokens, names: _Names, memory: Memory
) -> Iterator[list[int]]:
    """Yield the addresses that the offsets mean, at each place where they may lie and in each of their forms."""
    count = len(names.packed)
    after, own = _aligned(tokens.end, word), _aligned(tokens.end, 4)
    before = (names.count_at - word - 4 * count) // word * word
    for at, base_at in ((after, _aligned(after + 4 * count, word)), (before, names.count_at - word)):
        if at >= 0 and max(base_at + word, at + 4 * count) <= len(data):
            (base,) = struct.unpack_from(f"{order}{'Q' if word == 8 else 'I'}", data, base_at)
            base = base or memory.relocated(base_at)
            base = base if base and abs(base - memory.text) < _REACH else memory.text
            yield from _from_base(struct.unpack_from(f"{order}{count}I", data, at), base)
    if own + 4 * count <= len(data):
        if word == 4:
            yield list(struct.unpack_from(f"{order}{count}I", data, own))
        elif start := memory.address_of(own):
            offsets = struct.unpack_from(f"{order}{count}i", data, own)
            yield [start + 4 * number + offset for number, offset in enumerate(offsets)]


def _from_base(offsets: tuple[int, ...], base: int) -> Iterator[list[int]]:
    if max(offsets) < _REACH:
        yield [base + offset for offset in offsets]
    yield [_address(base, offset - (offset >> 31 << 32)) for offset in offsets]


def _address(base: int, offset: int) -> int:
    return offset if offset >= 0 else base - 1 - offset
