"""fs/namei.c: Names of files."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.integers import MASK64

_WORD, _GOLDEN_RATIO, _TIMES = 8, 0x61C8864680B583EB, 9
_FIRST, _SECOND = 12, 45
"""By how many bits the halves are rotated after each word (`HASH_MIX()` of 64 bits)."""


def _rotated(value: int, bits: int) -> int:
    return (value << bits | value >> (64 - bits)) & MASK64


@function("unsigned int full_name_hash(const void *salt, const char *name, unsigned int len)")
def full_name_hash(guest: Guest, salt: int, name: int, size: int) -> int:
    """Return the hash of so many bytes of a name, word by word as on processors of 64 bits that can read those
    unaligned.
    """
    data, x, y = guest.memory.read(name, size) if size else b"", 0, salt
    whole = size - size % _WORD
    for at in range(0, whole, _WORD):
        x ^= int.from_bytes(data[at : at + _WORD], "little")
        y ^= x
        x = (_rotated(x, _FIRST) + y) & MASK64
        y = _rotated(y, _SECOND) * _TIMES & MASK64
    x ^= int.from_bytes(data[whole:], "little")
    y ^= x * _GOLDEN_RATIO & MASK64
    return (y * _GOLDEN_RATIO & MASK64) >> 32
