"""The order in which kmod's tables give back their names: that of modules which modules.order lacks, and of symbols.

Source: kmod 34's `shared/hash.c`: buckets by Paul Hsieh's SuperFastHash (http://www.azillionmonkeys.com/qed/hash.html)
with the length of the key as its seed, in each bucket by strcmp(3). As kmod on x86, it takes characters above 127 for
negative numbers.
"""

from __future__ import annotations

import struct
from typing import Final

_MASK: Final = 0xFFFFFFFF
MODULES, SYMBOLS = 512, 2048
"""How many buckets depmod's tables of modules and of symbols by their names have."""


def listing_key(name: str, buckets: int) -> tuple[int, bytes]:
    """Sort key: where a name stands in a table of so many buckets, a power of two."""
    data = name.encode("utf-8", "surrogateescape")
    return superfast(data) & (buckets - 1), data


def superfast(data: bytes) -> int:
    """Return the hash of some bytes, 32 bits."""
    value, rest = len(data), len(data) & 3
    whole = len(data) - rest
    for first, second in struct.iter_unpack("<HH", data[:whole]):
        value = value + first & _MASK
        value = value << 16 & _MASK ^ second << 11 ^ value
        value = value + (value >> 11) & _MASK
    return _avalanche(_TAILS[rest](value, data[whole:]))


def _one(value: int, tail: bytes) -> int:
    value = value + struct.unpack("b", tail)[0] & _MASK
    value ^= value << 10 & _MASK
    return value + (value >> 1) & _MASK


def _two(value: int, tail: bytes) -> int:
    value = value + struct.unpack("<H", tail)[0] & _MASK
    value ^= value << 11 & _MASK
    return value + (value >> 17) & _MASK


def _three(value: int, tail: bytes) -> int:
    pair, last = struct.unpack("<Hb", tail)
    value = value + pair & _MASK
    value ^= value << 16 & _MASK
    value ^= last << 18 & _MASK
    return value + (value >> 11) & _MASK


def _avalanche(value: int) -> int:
    """Let each bit of the input count in each bit of the hash."""
    value ^= value << 3 & _MASK
    value = value + (value >> 5) & _MASK
    value ^= value << 4 & _MASK
    value = value + (value >> 17) & _MASK
    value ^= value << 25 & _MASK
    return value + (value >> 6) & _MASK


_TAILS: Final = (lambda value, _: value, _one, _two, _three)
