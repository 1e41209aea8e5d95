"""lib/crypto/utils.c: Combining regions of bytes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("void __crypto_xor(u8 *dst, const u8 *src1, const u8 *src2, unsigned int len)")
def crypto_xor(guest: Guest, target: int, one: int, other: int, size: int) -> None:
    """Store the exclusive or of two regions of memory."""
    first, second = (int.from_bytes(guest.memory.read(at, guest.bounded(size)), "little") for at in (one, other))
    guest.memory.write(target, (first ^ second).to_bytes(size, "little"))
