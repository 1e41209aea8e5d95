"""Tests of modtools/emulate/linux/lib/crypto/chacha.py."""

from __future__ import annotations

import struct

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.crypto import chacha, utils

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
    assert guest.memory.read(stream, 64).hex().startswith("10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c06803")
    assert guest.memory.u32(at + 48) == 2


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
