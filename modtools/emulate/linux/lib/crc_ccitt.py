"""lib/crc-ccitt.c: Checksums of 16 bits: CRC-CCITT, with the lowest or the highest bit first.

The tables are variables, because what adds a single byte is inline.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable

_REFLECTED, _PLAIN = 0x8408, 0x1021


def _reflected(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (_REFLECTED if value & 1 else 0)
    return value


def _plain(value: int) -> int:
    for _ in range(8):
        value = (value << 1 ^ (_PLAIN if value >> 15 else 0)) & 0xFFFF
    return value


@variable("crc_ccitt_table", 512)
def crc_ccitt_table(guest: Guest, address: int) -> None:
    """Hold the CRC-CCITT of each byte, lowest bit first, for callers that add single bytes inline."""
    guest.memory.write(address, b"".join(_reflected(code).to_bytes(2, "little") for code in range(256)))


@variable("crc_ccitt_false_table", 512)
def crc_ccitt_false_table(guest: Guest, address: int) -> None:
    """Hold the CRC-CCITT-FALSE of each byte, highest bit first."""
    guest.memory.write(address, b"".join(_plain(code << 8).to_bytes(2, "little") for code in range(256)))


@function("u16 crc_ccitt(u16 crc, const u8 *buffer, size_t len)")
def crc_ccitt(guest: Guest, crc: int, data: int, size: int) -> int:
    """Go on with a CRC-CCITT, lowest bit first; return it."""
    for code in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc = crc >> 8 ^ _reflected((crc ^ code) & 0xFF)
    return crc


@function("u16 crc_ccitt_false(u16 crc, const u8 *buffer, size_t len)")
def crc_ccitt_false(guest: Guest, crc: int, data: int, size: int) -> int:
    """Go on with a CRC-CCITT-FALSE, highest bit first; return it."""
    for code in guest.memory.read(data, guest.bounded(size)) if size else b"":
        crc = crc << 8 & 0xFFFF ^ _plain((crc >> 8 ^ code) << 8)
    return crc
