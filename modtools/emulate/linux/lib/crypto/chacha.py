"""lib/crypto/chacha.c: The ChaCha permutation."""

from __future__ import annotations

import struct
from operator import add

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_MASK = 0xFFFFFFFF
_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def _quarter(x: list[int], a: int, b: int, c: int, d: int) -> None:
    """Mix four words, as RFC 8439, section 2.1 tells it."""
    for one, other, target, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        x[one] = x[one] + x[other] & _MASK
        mixed = x[target] ^ x[one]
        x[target] = (mixed << turn | mixed >> 32 - turn) & _MASK


def permute(state: list[int], rounds: int) -> list[int]:
    """Return the sixteen words after 20 or 12 rounds, which come in pairs; other numbers stop the run."""
    if rounds not in (12, 20):
        raise Needs("the warning of chacha_permute")
    words = list(state)
    for _ in range(rounds // 2):
        for four in (*_COLUMNS, *_DIAGONALS):
            _quarter(words, *four)
    return words


def _state(guest: Guest, address: int) -> list[int]:
    return list(struct.unpack("<16I", guest.memory.read(address, 64)))


@function("void chacha_block_generic(u32 *state, u8 *stream, int nrounds)")
def chacha_block_generic(guest: Guest, address: int, stream: int, rounds: int) -> None:
    """Store a block of the key stream, and count the block in the state."""
    state = _state(guest, address)
    mixed = permute(state, rounds)
    block = struct.pack("<16I", *(word & _MASK for word in map(add, mixed, state)))
    guest.memory.write(stream, block)
    guest.memory.put(address + 12 * 4, state[12] + 1 & _MASK, 4)


@function("void hchacha_block_generic(const u32 *state, u32 *stream, int nrounds)")
def hchacha_block_generic(guest: Guest, address: int, stream: int, rounds: int) -> None:
    """Store the first and the last four words after the permutation: a key for XChaCha."""
    mixed = permute(_state(guest, address), rounds)
    guest.memory.write(stream, struct.pack("<8I", *mixed[:4], *mixed[12:]))
