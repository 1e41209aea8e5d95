"""lib/siphash.c: SipHash-2-4 with a result of 64 bits, and SipHash-1-3, as whose upper half 64-bit kernels make 32."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.integers import MASK64

_START = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
_FINAL = 0xFF


def _rotated(value: int, bits: int) -> int:
    return (value << bits | value >> 64 - bits) & MASK64


def _round(a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    a, c = a + b & MASK64, c + d & MASK64
    b, d = _rotated(b, 13) ^ a, _rotated(d, 16) ^ c
    a, c = _rotated(a, 32) + d & MASK64, c + b & MASK64
    b, d = _rotated(b, 17) ^ c, _rotated(d, 21) ^ a
    return a, b, _rotated(c, 32), d


def siphash(key: bytes, data: bytes, rounds: int, last: int) -> int:
    """Return the SipHash of bytes by a key of 16, with so many rounds for each eight bytes, and at the end."""
    keys = [int.from_bytes(key[at : at + 8], "little") for at in (0, 8)] * 2
    state = tuple(start ^ half for start, half in zip(_START, keys, strict=True))
    padded = data + bytes(-(len(data) + 1) % 8) + bytes((len(data) & 0xFF,))
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at : at + 8], "little")
        state = (*state[:3], state[3] ^ word)
        for _ in range(rounds):
            state = _round(*state)
        state = (state[0] ^ word, *state[1:])
    state = (*state[:2], state[2] ^ _FINAL, state[3])
    for _ in range(last):
        state = _round(*state)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _hash(guest: Guest, key: int, data: bytes) -> int:
    return siphash(guest.memory.read(key, 16), data, 2, 4)


def _short_hash(guest: Guest, key: int, data: bytes) -> int:
    return siphash(guest.memory.read(key, 16), data, 1, 3) & 0xFFFFFFFF


@function("u64 __siphash_unaligned(const void *data, size_t len, const siphash_key_t *key)")
def siphash_of(guest: Guest, data: int, length: int, key: int) -> int:
    """Return the hash of some bytes."""
    return _hash(guest, key, guest.memory.read(data, guest.bounded(length)) if length else b"")


@function("u32 __hsiphash_unaligned(const void *data, size_t len, const hsiphash_key_t *key)")
def hsiphash_of(guest: Guest, data: int, length: int, key: int) -> int:
    """Return the short hash of some bytes."""
    return _short_hash(guest, key, guest.memory.read(data, guest.bounded(length)) if length else b"")


def _of_numbers(hashed: Callable[[Guest, int, bytes], int], size: int) -> Callable[..., int]:
    """Return the function that hashes numbers of so many bytes, with the key behind them."""

    def compute(guest: Guest, *arguments: int) -> int:
        *numbers, key = arguments
        return hashed(guest, key, b"".join(number.to_bytes(size, "little") for number in numbers))

    return compute


function("u64 siphash_1u64(u64 a, const siphash_key_t *key)")(_of_numbers(_hash, 8))
function("u64 siphash_2u64(u64 a, u64 b, const siphash_key_t *key)")(_of_numbers(_hash, 8))
function("u64 siphash_3u64(u64 a, u64 b, u64 c, const siphash_key_t *key)")(_of_numbers(_hash, 8))
function("u64 siphash_4u64(u64 a, u64 b, u64 c, u64 d, const siphash_key_t *key)")(_of_numbers(_hash, 8))
function("u64 siphash_1u32(u32 a, const siphash_key_t *key)")(_of_numbers(_hash, 4))
function("u64 siphash_3u32(u32 a, u32 b, u32 c, const siphash_key_t *key)")(_of_numbers(_hash, 4))
function("u32 hsiphash_1u32(u32 a, const hsiphash_key_t *key)")(_of_numbers(_short_hash, 4))
function("u32 hsiphash_2u32(u32 a, u32 b, const hsiphash_key_t *key)")(_of_numbers(_short_hash, 4))
function("u32 hsiphash_3u32(u32 a, u32 b, u32 c, const hsiphash_key_t *key)")(_of_numbers(_short_hash, 4))
function("u32 hsiphash_4u32(u32 a, u32 b, u32 c, u32 d, const hsiphash_key_t *key)")(_of_numbers(_short_hash, 4))
