"""crypto/md5.c: MD5, where that is built into the kernel. (RFC 1321)"""

from __future__ import annotations

from math import floor, sin

from modtools.emulate.guest import Guest
from modtools.emulate.objects.blockhashes import BlockHash, rotated
from modtools.emulate.symbols.registry import function, variable

_MASK = 0xFFFFFFFF
_CONSTANTS = [floor(abs(sin(number + 1)) * (1 << 32)) for number in range(64)]
_SHIFTS = ((7, 12, 17, 22), (5, 9, 14, 20), (4, 11, 16, 23), (6, 10, 15, 21))
_STEPS = ((1, 0), (5, 1), (3, 5), (7, 0))
"""For each round, which word of the block comes next: a factor, and where it begins."""


def _mixed(at: int, b: int, c: int, d: int) -> int:
    if at < 2:
        return b & c | ~b & d if at == 0 else b & d | c & ~d
    return b ^ c ^ d if at == 2 else c ^ (b | ~d)


def compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Return the words of the state after a block of 64 bytes."""
    words = [int.from_bytes(block[at : at + 4], "little") for at in range(0, 64, 4)]
    a, b, c, d = state
    for at, constant in enumerate(_CONSTANTS):
        factor, start = _STEPS[at // 16]
        new = a + _mixed(at // 16, b, c, d) + constant + words[(factor * at + start) % 16] & _MASK
        a, b, c, d = d, b + rotated(new, _SHIFTS[at // 16][at % 4]) & _MASK, b, c
    return tuple(old + new & _MASK for old, new in zip(state, (a, b, c, d), strict=True))


MD5 = BlockHash(
    "md5",
    "md5_state",
    ("hash", "byte_count", "block"),
    (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476),
    "little",
    compress,
    ("md5_init", "md5_update", "md5_final", "md5_finup"),
)


@variable("md5_generic_alg", "shash_alg")
def md5_generic_alg(guest: Guest, address: int) -> None:
    """Enter the algorithm, as the kernel does when it starts."""
    MD5.enter(guest, address)


function("int md5_init(struct shash_desc *desc)")(MD5.init)
function("int md5_update(struct shash_desc *desc, const u8 *data, unsigned int len)")(MD5.update)
function("int md5_final(struct shash_desc *desc, u8 *out)")(MD5.final)
function("int md5_finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)")(MD5.finup)
