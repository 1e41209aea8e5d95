"""AES, SHA-1 and SipHash beside the examples of their standards, and beside hashlib."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.linux.lib import sha1
from modtools.emulate.linux.lib.crypto import aes
from modtools.emulate.linux.lib.siphash import siphash
from tests.emulated import BASE, call, plain
from tests.properties import examples

PLAIN = bytes.fromhex("00112233445566778899aabbccddeeff")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_aes(size: int, expected: str) -> None:
    """FIPS 197, appendix C, for the three sizes of keys, and back."""
    keys = aes.expand(bytes(range(size)))
    assert len(keys) == size // 4 + 7
    assert aes.encrypt(keys, PLAIN).hex() == expected
    assert aes.decrypt(keys, bytes.fromhex(expected)) == PLAIN


@examples(20)
@given(st.sampled_from(aes.KEY_SIZES), st.data())
def test_what_was_encrypted_is_decrypted(size: int, data: st.DataObject) -> None:
    """With any key, any block; another block is another one."""
    keys = aes.expand(data.draw(st.binary(min_size=size, max_size=size)))
    block = data.draw(st.binary(min_size=16, max_size=16))
    assert aes.decrypt(keys, aes.encrypt(keys, block)) == block


@examples(40)
@given(st.binary(max_size=130))
def test_sha1(data: bytes) -> None:
    """Block by block, padded as FIPS 180-4 says, it is hashlib's."""
    padded = data + b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0)
    for at in range(0, len(padded), 64):
        state = sha1.compress(state, padded[at : at + 64])
    assert b"".join(word.to_bytes(4, "big") for word in state) == hashlib.sha1(data, usedforsecurity=False).digest()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, 0x726FDB47DD0E0E31), (1, 0x74F839C593DC67FD), (2, 0x0D6C8009D9A94F5A), (3, 0x85676696D7FB7E2D),
        (4, 0xCF2794E0277187B7), (5, 0x18765564CD99A68D), (6, 0xCBC9466E58FEE3CE), (7, 0xAB0200F58B01D137),
        (15, 0xA129CA6149BE45E5),
    ],
)  # fmt: skip
def test_siphash(size: int, expected: int) -> None:
    """The vectors of Aumasson and Bernstein: bytes in order, by a key in order."""
    guest, data = plain(), bytes(range(size))
    guest.memory.write(BASE, bytes(range(16)) + data + b"x")
    assert siphash(bytes(range(16)), data, 2, 4) == expected
    assert call(guest, "__siphash_unaligned", BASE + 16, size, BASE) == expected


def test_siphash_of_numbers() -> None:
    """They are hashed as the bytes that they are; of the length of long data the lowest byte counts."""
    guest, key = plain(), bytes(range(16))
    guest.memory.write(BASE, key)
    for name, size, rounds in (
        ("siphash_{}u64", 8, (2, 4)),
        ("siphash_{}u32", 4, (2, 4)),
        ("hsiphash_{}u32", 4, (1, 3)),
    ):
        for count in (1, 3):
            numbers = [(0x0102030405060708 * 7**at) % (1 << 8 * size) for at in range(count)]
            data = b"".join(number.to_bytes(size, "little") for number in numbers)
            expected = siphash(key, data, *rounds) & (0xFFFFFFFF if name[0] == "h" else -1)
            assert call(guest, name.format(count), *numbers, BASE) == expected
    assert siphash(key, bytes(256), 2, 4) != siphash(key, bytes(255) + b"\1", 2, 4)
