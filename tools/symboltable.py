"""The table of symbols inside a kernel image, which /proc/kallsyms is made of.

From Linux 6.1: `scripts/kallsyms.c: write_src()`, `kernel/kallsyms.c: kallsyms_expand_symbol(),
kallsyms_sym_address()`, CONFIG_KALLSYMS_BASE_RELATIVE with CONFIG_KALLSYMS_ABSOLUTE_PERCPU. Little-endian, each part
at a multiple of 8:

    kallsyms_offsets          n times s32: an absolute value, or if negative: relative_base - 1 - offset
    kallsyms_relative_base    u64
    kallsyms_num_syms         u32 n
    kallsyms_names            for each symbol: length (a byte, or with bit 7 set two: 7 low bits, then the rest), then
                              so many token numbers of one byte; the text that they stand for begins with the letter
    kallsyms_markers          u32: where each 256th symbol begins in the names
    kallsyms_seqs_of_names    3 bytes for each symbol, where it is sorted by name
    kallsyms_token_table      256 texts, each ended by a zero byte
    kallsyms_token_index      256 times u16: where each text begins
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import accumulate

_TEXT = 0xFFFFFFFF81000000
"""Where the kernel begins: its smallest address outside of per-cpu data."""
_FEWEST = 10_000


def symbol_table(address: int, data: bytes) -> list[tuple[int, str, str]]:
    """Address, letter and name of each symbol. `data` is the section with the table, `address` a multiple of 8.

    Raises ValueError if there is no table in it.
    """
    if address % 8:
        raise ValueError(f"a section at {address:#x}")
    for base in _places(data, struct.pack("<Q", _TEXT)):
        (count,) = struct.unpack_from("<I", data, base + 8)
        if count < _FEWEST or base < 4 * count:
            continue
        names, starts, end = _names(data, base + 16, count)
        markers = struct.unpack_from(f"<{-(-count // 256)}I", data, end)
        if markers == tuple(starts[::256]):
            tokens = _tokens(data, _aligned(_aligned(end + 4 * len(markers)) + 3 * count))
            offsets = struct.unpack_from(f"<{count}i", data, (base - 4 * count) // 8 * 8)
            texts = ("".join(tokens[number] for number in name) for name in names)
            return [(_address(at), text[0], text[1:]) for at, text in zip(offsets, texts, strict=True)]
    raise ValueError("there is no table of symbols")


def _places(data: bytes, wanted: bytes) -> Iterator[int]:
    at = data.find(wanted)
    while at >= 0:
        if at % 8 == 0:
            yield at
        at = data.find(wanted, at + 1)


def _aligned(at: int) -> int:
    return -(-at // 8) * 8


def _names(data: bytes, at: int, count: int) -> tuple[list[bytes], list[int], int]:
    """The token numbers of each name, where each begins in the table of names, and what follows the table."""
    names, starts, start = [], [], at
    for _ in range(count):
        starts.append(at - start)
        length, at = data[at], at + 1
        if length & 0x80:
            length, at = length & 0x7F | data[at] << 7, at + 1
        names.append(data[at : at + length])
        at += length
    return names, starts, _aligned(at)


def _tokens(data: bytes, at: int) -> list[str]:
    texts = data[at:].split(b"\0", 256)[:256]
    begins = tuple(accumulate((len(text) + 1 for text in texts), initial=0))
    index = struct.unpack_from("<256H", data, _aligned(at + begins[-1]))
    if index != begins[:-1]:
        raise ValueError("the index of tokens does not fit the tokens")
    return [text.decode("ascii") for text in texts]


def _address(offset: int) -> int:
    return offset if offset >= 0 else _TEXT - 1 - offset
