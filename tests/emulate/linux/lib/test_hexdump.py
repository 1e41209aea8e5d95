"""Tests of modtools/emulate/linux/lib/hexdump.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import hexdump
from modtools.linuxerrno import EINVAL
from tests.emulated import log

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


@pytest.mark.parametrize("rowsize", [16, 32, 7])
@pytest.mark.parametrize("groupsize", [1, 2, 4, 8, 3])
@pytest.mark.parametrize("size", [1, 6, 8, 16, 32, 40])
def test_rows_of_all_shapes(guest: Guest, rowsize: int, groupsize: int, size: int) -> None:
    """Groups are numbers of the processor's; one that does not fit into them is bytes, and other rows have 16."""
    data = bytes(range(0x1D, 0x23)) + bytes(range(0x7D, 0x7D + 34))
    place, line = guest.new_text(data), guest.heap.kmalloc(256)
    row = data[: min(size, rowsize if rowsize == 32 else 16)]
    group = groupsize if groupsize in {1, 2, 4, 8} and not len(row) % groupsize else 1
    numbers = [int.from_bytes(row[at : at + group], "little") for at in range(0, len(row), group)]
    plain = " ".join(f"{number:0{2 * group}x}" for number in numbers)
    width = (32 if rowsize == 32 else 16) * 2 + (32 if rowsize == 32 else 16) // group + 1
    shown = plain.ljust(width) + "".join(chr(code) if 32 <= code < 127 else "." for code in row)
    for ascii, expected in ((0, plain), (1, shown)):
        told = hexdump.hex_dump_to_buffer(guest, place, size, rowsize, groupsize, line, 256, ascii)
        assert (told, guest.text(line)) == (len(expected), expected)


@pytest.mark.parametrize(
    ("rowsize", "groupsize", "ascii", "room", "told"),
    [(16, 1, 1, 9, 0), (16, 1, 0, 9, 0), (16, 4, 1, 0, 37), (32, 8, 1, 0, 69), (16, 3, 1, 0, 49), (9, 1, 0, 0, -1)],
)
def test_a_row_of_nothing(guest: Guest, rowsize: int, groupsize: int, ascii: int, room: int, told: int) -> None:
    """It is empty; without room, how long a whole one would be is told as Linux computes it."""
    line = guest.new_text(b"before")
    assert hexdump.hex_dump_to_buffer(guest, line, 0, rowsize, groupsize, line, room, ascii) == told
    assert guest.memory.text(line) == (b"" if room else b"before")


@pytest.mark.parametrize("room", [0, 1, 2, 5, 6])
def test_a_row_is_cut(guest: Guest, room: int) -> None:
    """What fits has a NUL behind it, and nothing else is written."""
    data, line = guest.new_text(b"ab"), guest.heap.kmalloc(16)
    guest.memory.write(line, b"\xee" * 16)
    assert hexdump.hex_dump_to_buffer(guest, data, 2, 16, 1, line, room, 0) == 5
    expected = b"61 62"[: room - 1] + b"\0" if room else b""
    assert guest.memory.read(line, 16) == expected.ljust(16, b"\xee")


@pytest.mark.parametrize(
    ("kind", "places"), [(0, ["", ""]), (1, ["{:016x}: ", "{:016x}: "]), (2, ["00000000: ", "00000020: "])]
)
def test_memory_in_the_log(guest: Guest, kind: int, places: list[str]) -> None:
    """Each row with its level, its prefix, and where it is: an address, an offset, or nothing."""
    data, prefix = bytes(range(65, 65 + 34)), guest.new_text(b"at ")
    buffer = guest.new_text(data)
    hexdump.print_hex_dump(guest, guest.new_text(b"\0013"), prefix, kind, 32, 2, buffer, 34, 1)
    rows = [hexdump.hex_row(row, 32, 2, True) for row in (data[:32], data[32:])]
    expected = [f"<3>at {places[at].format(buffer + 32 * at)}{row}" for at, row in enumerate(rows)]
    assert log(guest)[-2:] == expected


def test_all_bytes_as_digits(guest: Guest) -> None:
    """There and back; the value of no other letter is a digit's; the tables of digits are variables."""
    data, text, back = guest.new_text(bytes(range(256))), guest.heap.kmalloc(512), guest.heap.kmalloc(256)
    assert hexdump.bin2hex(guest, text, data, 256) == text + 512
    assert guest.memory.read(text, 512) == bytes(range(256)).hex().encode()
    assert hexdump.hex2bin(guest, back, text, 256) == 0
    assert guest.memory.read(back, 256) == bytes(range(256))
    assert hexdump.bin2hex(guest, text, 0, 0) == text
    values = {chr(code): hexdump.hex_to_bin(guest, code) for code in range(256)}
    assert {letter: value for letter, value in values.items() if value >= 0} == {
        letter: int(letter, 16) for letter in "0123456789abcdefABCDEF"
    }
    assert hexdump.hex2bin(guest, back, guest.new_text(b"1x"), 1) == -EINVAL
    for name, digits in (("hex_asc", b"0123456789abcdef"), ("hex_asc_upper", b"0123456789ABCDEF")):
        assert guest.memory.text(guest.address_of(name)) == digits
