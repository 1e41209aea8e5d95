"""The kernel's own hashes and AES, against hashlib and the examples of FIPS 197."""

from __future__ import annotations

import hashlib
import random

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.crypto import shash
from modtools.emulate.linux.crypto.md5 import MD5
from modtools.emulate.linux.crypto.sha1_generic import SHA1
from modtools.emulate.linux.crypto.sha256_generic import SHA224, SHA256
from modtools.emulate.linux.lib.crypto import aes
from modtools.emulate.objects.blockhashes import BLOCK, BlockHash
from modtools.emulate.symbols.registry import Variable, find
from modtools.emulate.symbols.structs import view


@pytest.mark.parametrize("kind", [MD5, SHA1, SHA224, SHA256], ids=lambda kind: str(kind.name))
@pytest.mark.parametrize("size", [0, 55, 56, 64, 200])
def test_blocks_are_hashed_as_by_hashlib(kind: BlockHash, size: int) -> None:
    """A padded message gives the digest that hashlib gives."""
    message = random.Random(size).randbytes(size)
    padded = message + b"\x80" + bytes(-(size + 9) % BLOCK) + (8 * size).to_bytes(8, kind.order)
    words = kind.initial
    for at in range(0, len(padded), BLOCK):
        words = kind.compress(words, padded[at : at + BLOCK])
    digest = b"".join(word.to_bytes(4, kind.order) for word in words)[: kind.size]
    assert digest == hashlib.new(kind.name, message).digest()


OWN = {
    MD5: find("md5_generic_alg"),
    SHA1: find("sha1_generic_alg"),
    SHA224: find("sha224_generic_alg"),
    SHA256: find("sha256_generic_alg"),
}


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: str(kind.name))
def test_algorithms_are_entered_with_their_sizes(guest: Guest, kind: BlockHash) -> None:
    """A variable of the kernel's is the algorithm, with its digest's size and functions that others lack."""
    assert isinstance(OWN[kind], Variable)
    alg = view(guest, "shash_alg", guest.address_of(f"{kind.name}_generic_alg"))
    assert (alg.digestsize, alg.base.cra_blocksize) == (kind.size, BLOCK)
    tfm = shash.allocate(guest, alg.base.address())
    desc, data, out = (guest.heap.kmalloc(256) for _ in range(3))
    view(guest, "shash_desc", desc).tfm = tfm
    guest.memory.write(data, b"abc")
    assert kind.init(guest, desc) == shash.finup(guest, desc, data, 3, out) == 0
    assert guest.memory.read(out, kind.size) == hashlib.new(kind.name, b"abc").digest()


@pytest.mark.parametrize(
    ("size", "encrypted"),
    [
        (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (32, "8ea2b7ca516745bfeafc49904b496089"),
    ],
)
def test_aes_is_that_of_the_standard(size: int, encrypted: str) -> None:
    """A block is encrypted as in FIPS 197, appendix C, and decrypted again."""
    keys, plain = aes.expand(bytes(range(size))), bytes(0x11 * number for number in range(16))
    assert aes.encrypt(keys, plain).hex() == encrypted
    assert aes.decrypt(keys, bytes.fromhex(encrypted)) == plain
