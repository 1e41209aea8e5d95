"""Tests of modtools/emulate/linux/lib/crc_ccitt.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import crc_ccitt

pytest.importorskip("unicorn")


def test_sums_of_sixteen_bits(guest: Guest) -> None:
    """The check values of CRC-16/KERMIT and CRC-16/CCITT-FALSE, and the tables agree with the functions."""
    text = guest.new_text(b"123456789")
    assert crc_ccitt.crc_ccitt(guest, 0, text, 9) == 0x2189
    assert crc_ccitt.crc_ccitt_false(guest, 0xFFFF, text, 9) == 0x29B1
    table = guest.heap.kmalloc(512)
    crc_ccitt.crc_ccitt_table(guest, table)
    assert guest.memory.read(table + 2 * 0x31, 2) == crc_ccitt.crc_ccitt(guest, 0, text, 1).to_bytes(2, "little")
