"""lib/crypto/sha256.c: SHA-256 of a block. (FIPS 180-4, sections 4.1.2 and 6.2.2)"""

from __future__ import annotations

from math import isqrt

_MASK = 0xFFFFFFFF
_PRIMES = [number for number in range(2, 312) if all(number % divisor for divisor in range(2, isqrt(number) + 1))]


def _root(number: int, shift: int) -> int:
    """Return the first bits behind the point of a number's cube root."""
    wanted, low, high = number << 3 * shift, 0, 1 << shift + 4
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**3 <= wanted else (low, middle)
    return low & (1 << shift) - 1


_CONSTANTS = [_root(prime, 32) for prime in _PRIMES]


def _right(word: int, count: int) -> int:
    return (word >> count | word << 32 - count) & _MASK


def compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Return the words of the state after a block of 64 bytes."""
    w = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for at in range(16, 64):
        first, second = w[at - 15], w[at - 2]
        s0 = _right(first, 7) ^ _right(first, 18) ^ first >> 3
        s1 = _right(second, 17) ^ _right(second, 19) ^ second >> 10
        w.append(w[at - 16] + s0 + w[at - 7] + s1 & _MASK)
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(_CONSTANTS, w, strict=True):
        s1 = _right(e, 6) ^ _right(e, 11) ^ _right(e, 25)
        one = h + s1 + (e & f ^ ~e & g) + constant + word
        s0 = _right(a, 2) ^ _right(a, 13) ^ _right(a, 22)
        two = s0 + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = one + two & _MASK, a, b, c, d + one & _MASK, e, f, g
    return tuple(old + new & _MASK for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
