"""The log of a guest that answers no more, read from its memory.

Layout, of Debian's 6.1 and 6.12 for x86-64 (`kernel/printk/printk_ringbuffer.h`), little-endian, in bytes:

    struct printk_ringbuffer   0 u32 bits of the number of messages, 8 their descriptors, 16 their infos, 24 id of the
                               newest one, 32 of the oldest one, 48 u32 bits of the size of all texts, 56 the texts
    struct prb_desc            0 id, in the two highest bits the state; 8 and 16 where its text begins and ends
    struct printk_info         0 number, 16 u16 bytes of text, 19 u8 level in the three highest bits; 88 in all
    text                       8 id, then the text itself; one that would not fit before the end lies at the beginning
    struct latched_seq         0 u32 which of the two numbers counts, 8 and 16 the number that `dmesg -c` has come to

A place that is counted on and on is taken modulo the size. The kernel lies where its linker has put it (`nokaslr`).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import cache

from modtools import profiles

Read = Callable[[int, int], bytes]
"""Reads so many bytes of the guest at a physical address."""

_IMAGE, _DIRECT = 0xFFFFFFFF80000000, 0xFFFF888000000000
"""Where the kernel's image and all of memory are mapped from the physical address 0 on."""
_DESCRIPTOR, _INFO = 24, 88
_ID = (1 << 62) - 1


def log(read: Read, release: str) -> list[str]:
    """The lines that `dmesg -c -r` of a kernel of this release would show, without their times."""
    cleared = _cleared(read, release)
    return [
        line for number, text, level in _messages(read, release) if number >= cleared for line in _lines(text, level)
    ]


def _lines(text: str, level: int) -> list[str]:
    return [f"<{level}>{line}" for line in text.split("\n")]


@cache
def _symbol(release: str, name: str) -> int:
    return next(address for address, _, symbol in profiles.load(f"debian-{release}").kallsyms if symbol == name)


def _read(read: Read, address: int, size: int) -> bytes:
    return read(address - (_IMAGE if address >= _IMAGE else _DIRECT), size)


def _numbers(read: Read, address: int, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}Q", _read(read, address, 8 * count))


def _cleared(read: Read, release: str) -> int:
    latch, *numbers = _numbers(read, _symbol(release, "clear_seq"), 3)
    return numbers[latch & 1]


def _messages(read: Read, release: str) -> Iterator[tuple[int, str, int]]:
    """Number, text and level of each message, from the oldest one on."""
    (ring,) = _numbers(read, _symbol(release, "prb"), 1)
    bits, descriptors, infos, newest, oldest, _, size_bits, texts = _numbers(read, ring, 8)
    count, size = 1 << (bits & 0xFFFFFFFF), 1 << (size_bits & 0xFFFFFFFF)
    all_descriptors = _read(read, descriptors, count * _DESCRIPTOR)
    all_infos, data = _read(read, infos, count * _INFO), _read(read, texts, size)
    for identity in range(oldest, newest + 1):
        state, begin, end = struct.unpack_from("<QQQ", all_descriptors, identity % count * _DESCRIPTOR)
        number, _, length, _, level = struct.unpack_from("<QQHBB", all_infos, identity % count * _INFO)
        wraps = begin // size != end // size and end % size
        start = (0 if wraps else begin % size) + 8
        if state & _ID == identity and not begin & 1:
            yield number, data[start : start + length].decode("utf-8", "surrogateescape"), level >> 5
