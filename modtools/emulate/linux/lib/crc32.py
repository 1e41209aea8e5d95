"""lib/crc32.c: Checksums of 32 bits."""

from __future__ import annotations

import zlib

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("u32 crc32_le(u32 crc, const unsigned char *p, size_t len)")
def crc32_le(guest: Guest, crc: int, data: int, size: int) -> int:
    """Go on with a CRC-32, lowest bit first, without zlib's inversions before and after; return it."""
    return zlib.crc32(guest.memory.read(data, guest.bounded(size)) if size else b"", crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


@function("u32 crc32_be(u32 crc, const unsigned char *p, size_t len)")
def crc32_be(guest: Guest, crc: int, data: int, size: int) -> int:
    """Go on with a CRC-32 of the same polynomial, highest bit first; return it."""
    for byte in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc ^= byte << 24
        for _ in range(8):
            crc = crc << 1 ^ (0x04C11DB7 if crc >> 31 else 0)
            crc &= 0xFFFFFFFF
    return crc


@function("u32 __crc32c_le(u32 crc, const unsigned char *p, size_t len)")
def crc32c_le(guest: Guest, crc: int, data: int, size: int) -> int:
    """Go on with a CRC-32C (Castagnoli's polynomial), lowest bit first; return it."""
    for byte in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc
