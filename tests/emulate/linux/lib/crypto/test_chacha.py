"""Tests of modtools/emulate/linux/lib/crypto/chacha.py."""

from __future__ import annotations

import struct

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.crypto import chacha, utils
from modtools.emulate.stops import Needs

KEY = bytes(range(32))


def state(guest: Guest, rest: bytes) -> int:
    """The state of a key, in memory."""
    address = guest.heap.kmalloc(64)
    guest.memory.write(address, b"expand 32-byte k" + KEY + rest)
    return address


def test_a_block_of_the_key_stream(guest: Guest) -> None:
    """RFC 8439, section 2.3.2: the block of that key, counter and nonce; the counter goes on."""
    at, stream = state(guest, bytes.fromhex("01000000 00000009 0000004a 00000000")), guest.heap.kmalloc(64)
    chacha.chacha_block_generic(guest, at, stream, 20)
    assert guest.memory.read(stream, 64).hex() == (
        "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
        "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"
    )
    assert guest.memory.u32(at + 48) == 2


def test_twelve_rounds(guest: Guest) -> None:
    """draft-strombergson-chacha-test-vectors-01, TC1 with a key of 256 bits; no other number of rounds is foreseen."""
    words = [*struct.unpack("<4I", b"expand 32-byte k"), *[0] * 12]
    at, stream = guest.heap.kmalloc(64), guest.heap.kmalloc(64)
    guest.memory.write(at, struct.pack("<16I", *words))
    chacha.chacha_block_generic(guest, at, stream, 12)
    assert guest.memory.read(stream, 32).hex() == "9bf49a6a0755f953811fce125f2683d50429c3bb49e074147e0089a52eae155f"
    with pytest.raises(Needs):
        chacha.permute(words, 13)


def test_a_key_for_xchacha(guest: Guest) -> None:
    """draft-irtf-cfrg-xchacha-03, section 2.2.1."""
    at, out = state(guest, bytes.fromhex("00000009 0000004a 00000000 31415927")), guest.heap.kmalloc(32)
    chacha.hchacha_block_generic(guest, at, out, 20)
    assert guest.memory.read(out, 32).hex() == "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"


def test_bytes_are_combined(guest: Guest) -> None:
    """__crypto_xor() stores the exclusive or, and nothing behind it."""
    one, other, target = (guest.heap.kmalloc(8) for _ in range(3))
    guest.memory.write(one, struct.pack("<Q", 0x0F0F0F0F0F0F0F0F))
    guest.memory.write(other, struct.pack("<Q", 0xFFFFFFFFFFFFFFFF))
    utils.crypto_xor(guest, target, one, other, 3)
    assert guest.memory.read(target, 8).hex() == "f0f0f00000000000"
