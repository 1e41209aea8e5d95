"""Tests of modtools/emulate/linux/lib/hexdump.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import hexdump
from modtools.linuxerrno import EINVAL

pytest.importorskip("unicorn")


def test_digits_are_read_until_a_wrong_one(guest: Guest) -> None:
    """hex2bin() gives an error, and what bin2hex() wrote is read back."""
    place, target = guest.heap.kmalloc(8), guest.heap.kmalloc(8)
    assert hexdump.hex2bin(guest, place, guest.new_text(b"deadBEEF"), 4) == 0
    assert hexdump.bin2hex(guest, target, place, 4) == target + 8
    assert guest.memory.read(target, 8) == b"deadbeef"
    assert hexdump.hex2bin(guest, place, guest.new_text(b"00x1"), 2) == -EINVAL
    assert guest.memory.read(place, 4) == bytes.fromhex("00adbeef")
    assert [hexdump.digit(code) for code in b"0aFg"] == [0, 10, 15, -1]


def test_a_row_of_a_dump_is_cut_to_its_room(guest: Guest) -> None:
    """The length of the whole is told in any case."""
    data, line = guest.new_text(b"abc\n"), guest.heap.kmalloc(64)
    assert hexdump.hex_dump_to_buffer(guest, data, 4, 16, 1, line, 64, 1) == 16 * 2 + 16 + 1 + 4
    assert guest.memory.text(line) == b"61 62 63 0a".ljust(49) + b"abc."
    assert hexdump.hex_dump_to_buffer(guest, data, 4, 16, 4, line, 6, 0) == 8
    assert guest.memory.text(line) == b"0a636"
