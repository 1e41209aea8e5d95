"""The order in which kmod's tables give back their names: that of modules which modules.order lacks, and of symbols.

Source: kmod 34's `shared/hash.c`: buckets by Paul Hsieh's SuperFastHash (http://www.azillionmonkeys.com/qed/hash.html)
with the length of the key as its seed, in each bucket by strcmp(3). As kmod on x86, it takes characters above 127 for
negative numbers.

A tree has thousands of names, so all of one length are hashed at once: their values stand side by side in one long
number, 64 bits for each, of which sums and shifts use the upper half before it is masked away.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

_WIDTH: Final = 8
"""Bytes that each value has in the long number."""
MODULES, SYMBOLS = 512, 2048
"""How many buckets depmod's tables of modules and of symbols by their names have."""
_SIGNS: Final = bytes(0xFF if byte > 0x7F else 0 for byte in range(256))
"""What stands in the bytes above a character that is a signed number."""


def in_listing_order(names: Iterable[bytes], buckets: int) -> list[bytes]:
    """Return names as a table of so many buckets, a power of two, gives them back."""
    by_length: dict[int, list[bytes]] = {}
    for name in sorted(names):
        by_length.setdefault(len(name), []).append(name)
    hashes: dict[bytes, int] = {}
    for alike in by_length.values():
        hashes.update(zip(alike, superfast(alike), strict=True))
    return sorted(sorted(hashes), key=lambda name: hashes[name] & (buckets - 1))


def superfast(names: list[bytes]) -> tuple[int, ...]:
    """Return the hashes of names that all have the same length, 32 bits each."""
    columns = _Columns(names)
    ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(names), "little")
    mask, length = 0xFFFFFFFF * ones, columns.length
    value, rest = length * ones, length & 3
    for at in range(0, length - rest, 4):
        value = value + columns.pair(at) & mask
        value = value << 16 & mask ^ columns.pair(at + 2) << 11 ^ value
        value = value + (value >> 11) & mask
    value = _TAILS[rest](value, columns, mask)
    return struct.unpack(f"<{len(names)}Q", _avalanche(value, mask).to_bytes(_WIDTH * len(names), "little"))


class _Columns:
    """The characters that names of one length have at the same place, as long numbers."""

    def __init__(self, names: list[bytes]) -> None:
        self.length, self._count = len(names[0]), len(names)
        self._all = b"".join(names)

    def pair(self, at: int) -> int:
        """Return two characters as one number."""
        return self._number(self._column(at), self._column(at + 1))

    def signed(self, at: int) -> int:
        """Return a character as a number of 32 bits that may be negative."""
        column = self._column(at)
        sign = column.translate(_SIGNS)
        return self._number(column, sign, sign, sign)

    def _column(self, at: int) -> bytes:
        return self._all[at :: self.length]

    def _number(self, *columns: bytes) -> int:
        data = bytearray(_WIDTH * self._count)
        for place, column in enumerate(columns):
            data[place::_WIDTH] = column
        return int.from_bytes(data, "little")


def _one(value: int, columns: _Columns, mask: int) -> int:
    value = value + columns.signed(columns.length - 1) & mask
    value ^= value << 10 & mask
    return value + (value >> 1) & mask


def _two(value: int, columns: _Columns, mask: int) -> int:
    value = value + columns.pair(columns.length - 2) & mask
    value ^= value << 11 & mask
    return value + (value >> 17) & mask


def _three(value: int, columns: _Columns, mask: int) -> int:
    value = value + columns.pair(columns.length - 3) & mask
    value ^= value << 16 & mask
    value ^= columns.signed(columns.length - 1) << 18 & mask
    return value + (value >> 11) & mask


def _avalanche(value: int, mask: int) -> int:
    """Let each bit of the input count in each bit of the hash."""
    value ^= value << 3 & mask
    value = value + (value >> 5) & mask
    value ^= value << 4 & mask
    value = value + (value >> 17) & mask
    value ^= value << 25 & mask
    return value + (value >> 6) & mask


_TAILS: Final = (lambda value, _columns, _mask: value, _one, _two, _three)
