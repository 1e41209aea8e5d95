"""Hashes that the kernel has built in, which take a message block by block: their state is what it is in Linux.

From Linux 6.1: `include/crypto/sha256_base.h`, `include/crypto/sha1_base.h`, `crypto/md5.c`. The state of a hash that
is being made lies behind the handle in its `struct shash_desc`: words, bytes so far, and what does not fill a block
yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from modtools.emulate.symbols.structs import View, offset_of, size_of, view
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


BLOCK = 64
_SHASH = 0xE
"""`CRYPTO_ALG_TYPE_SHASH`."""


class BlockHash(NamedTuple):
    """A hash by its name; `structure` is its state, with the fields for words, bytes so far and the rest in `fields`.

    `compress` takes the words and a block and returns the words. `functions` are the symbols of init, update, final and
    finup.
    """

    name: str
    structure: str
    fields: tuple[str, str, str]
    initial: tuple[int, ...]
    order: Literal["little", "big"]
    compress: Callable[[tuple[int, ...], bytes], tuple[int, ...]]
    functions: tuple[str, str, str, str]

    @property
    def size(self) -> int:
        """Return the bytes of a digest."""
        return hashlib.new(self.name, usedforsecurity=False).digest_size

    def enter(self, guest: Guest, address: int) -> None:
        """Fill in the `struct shash_alg` and enter it among the algorithms, as the kernel does when it starts."""
        alg = view(guest, "shash_alg", address)
        for call, symbol in zip(("init", "update", "final", "finup"), self.functions, strict=True):
            setattr(alg, call, guest.address_of(symbol))
        alg.descsize, alg.digestsize = size_of(guest, self.structure), self.size
        base, names = alg.base, [self.name, f"{self.name}-generic"]
        base.cra_flags, base.cra_priority, base.cra_blocksize = _SHASH, 100, BLOCK
        base.cra_refcnt.refs = 1
        for field, name in zip(("cra_name", "cra_driver_name"), names, strict=True):
            guest.memory.write(base.address(field), name.encode() + b"\0")
        guest.table("crypto")[base.address()] = names

    def _state(self, guest: Guest, desc: int) -> View:
        return view(guest, self.structure, desc + offset_of(guest, "shash_desc", "__ctx"))

    def _words(self, guest: Guest, desc: int) -> tuple[int, ...]:
        first = self._state(guest, desc).address(self.fields[0])
        return tuple(guest.memory.u32(first + 4 * number) for number in range(len(self.initial)))

    def _store(self, guest: Guest, desc: int, words: tuple[int, ...]) -> None:
        first = self._state(guest, desc).address(self.fields[0])
        for number, word in enumerate(words):
            guest.memory.put(first + 4 * number, word, 4)

    def init(self, guest: Guest, desc: int) -> int:
        """Begin a message; return 0."""
        self._store(guest, desc, self.initial)
        setattr(self._state(guest, desc), self.fields[1], 0)
        return 0

    def update(self, guest: Guest, desc: int, data: int, size: int) -> int:
        """Go on with data; return 0."""
        return self._take(guest, desc, guest.memory.read(data, guest.bounded(size)))

    def _take(self, guest: Guest, desc: int, data: bytes) -> int:
        state = self._state(guest, desc)
        count, rest = getattr(state, self.fields[1]), state.address(self.fields[2])
        pending = guest.memory.read(rest, count % BLOCK) + data
        words = self._words(guest, desc)
        whole = len(pending) // BLOCK * BLOCK
        for at in range(0, whole, BLOCK):
            words = self.compress(words, pending[at : at + BLOCK])
        self._store(guest, desc, words)
        guest.memory.write(rest, pending[whole:])
        setattr(state, self.fields[1], count + len(data))
        return 0

    def final(self, guest: Guest, desc: int, out: int) -> int:
        """End the message, store its digest and clear the state; return 0."""
        count = getattr(self._state(guest, desc), self.fields[1])
        padding = bytes((1 << 7,)) + bytes(-(count + 9) % BLOCK)
        self._take(guest, desc, padding + (8 * count & (1 << 64) - 1).to_bytes(8, self.order))
        digest = b"".join(word.to_bytes(4, self.order) for word in self._words(guest, desc))
        guest.memory.write(out, digest[: self.size])
        guest.memory.write(self._state(guest, desc).address(), bytes(size_of(guest, self.structure)))
        return 0

    def finup(self, guest: Guest, desc: int, data: int, size: int, out: int) -> int:
        """Go on with the last data and end the message; return 0."""
        self.update(guest, desc, data, size)
        return self.final(guest, desc, out)


def rotated(word: int, count: int) -> int:
    """Return a word of 32 bits rotated to the left."""
    return (word << count | word >> 32 - count) & 0xFFFFFFFF
