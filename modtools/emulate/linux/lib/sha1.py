"""lib/sha1.c: SHA-1 of a block. (FIPS 180-4, sections 4.1.1 and 6.1.2)"""

from __future__ import annotations

from modtools.emulate.objects.blockhashes import rotated

_MASK = 0xFFFFFFFF
_CONSTANTS = (0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6)


def _mixed(at: int, b: int, c: int, d: int) -> int:
    if at == 0:
        return b & c | ~b & d
    return b & c | b & d | c & d if at == 2 else b ^ c ^ d


def compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Return the words of the state after a block of 64 bytes."""
    w = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for at in range(16, 80):
        w.append(rotated(w[at - 3] ^ w[at - 8] ^ w[at - 14] ^ w[at - 16], 1))
    a, b, c, d, e = state
    for at, word in enumerate(w):
        quarter = at // 20
        new = rotated(a, 5) + _mixed(quarter, b, c, d) + e + _CONSTANTS[quarter] + word & _MASK
        a, b, c, d, e = new, a, rotated(b, 30), c, d
    return tuple(old + new & _MASK for old, new in zip(state, (a, b, c, d, e), strict=True))
