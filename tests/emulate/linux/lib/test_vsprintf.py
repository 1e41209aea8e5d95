"""Tests of modtools/emulate/linux/lib/vsprintf.py."""

from __future__ import annotations

import ctypes
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import vsprintf
from tests.emulated import call, words
from tests.properties import examples

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("written", "base", "value", "rest"),
    [
        (b"0x1fg", 0, 0x1F, b"g"),
        (b"017 8", 0, 0o17, b" 8"),
        (b"12ab", 10, 12, b"ab"),
        (b"ff", 16, 255, b""),
        (b"0xff", 16, 255, b""),
        (b"0xff", 10, 0, b"xff"),
        (b"x", 0, 0, b"x"),
        (b"-5", 10, 0, b"-5"),
    ],
)
def test_numbers_end_where_their_digits_do(guest: Guest, written: bytes, base: int, value: int, rest: bytes) -> None:
    """simple_strtoul() tells where it has stopped."""
    place, end = guest.new_text(written), guest.heap.kmalloc(8)
    assert vsprintf.simple_strtoul(guest, place, end, base) == value
    assert guest.memory.text(guest.memory.u64(end)) == rest
    assert vsprintf.simple_strtol(guest, guest.new_text(b"-12x"), 0, 10) == -12


def sscanf(guest: Guest, text: bytes, pattern: bytes, count: int) -> tuple[int, list[bytes]]:
    """What sscanf() gives, and the first sixteen bytes of each place."""
    places = [guest.heap.kmalloc(16) for _ in range(count)]
    found = vsprintf.scan(guest, text, pattern, Arguments(guest.memory, places, 0))
    return found, [guest.memory.read(place, 16).rstrip(b"\0") for place in places]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        (b"42 hello 0x1f", b"%d %s %x", (3, [b"*", b"hello", b"\x1f"])),
        (b"abc123", b"%3[abc]%d", (2, [b"abc", b"{"])),
        (b"abc123", b"%[abc]%d", (0, [b"", b""])),
        (b"a-b]", b"%9[^b]%c", (2, [b"a-", b"b"])),
        (b"ab", b"%9[^]]", (0, [b""])),
        (b"1,2 3", b"%*d,%d %d", (1, [b"\x03", b""])),
        (b"-5", b"%u", (0, [b""])),
        (b"+5", b"%d", (0, [b""])),
        (b"-0x1", b"%i", (1, [b"\xff\xff\xff\xff"])),
        (b"123456", b"%3d%2d", (2, [b"{", b"-"])),
        (b"017 9", b"%i%o", (1, [b"\x0f", b""])),
        (b"ab", b"%hhx%n", (1, [b"\xab", b"\x02"])),
        (b"", b"%d", (0, [b""])),
    ],
)
def test_sscanf(guest: Guest, text: bytes, pattern: bytes, expected: tuple[int, list[bytes]]) -> None:
    """As the kernel reads: brackets need a width, unsigned has no sign, `*` skips to the next blank."""
    assert sscanf(guest, text, pattern, len(expected[1])) == expected


PARTS = [
    "%d",
    "%i",
    "%u",
    "%o",
    "%x",
    "%2d",
    "%3x",
    "%hhd",
    "%hd",
    "%ld",
    "%llu",
    "%c",
    "%2c",
    "%s",
    "%2s",
    "%n",
    " ",
    ",",
]
written = st.lists(st.sampled_from(["0", "1", "7", "9", "12", " ", ",", "a"]), max_size=9).map("".join).map(str.rstrip)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems' C libraries differ")
@examples(160)
@given(written, st.lists(st.sampled_from(PARTS), max_size=5))
def test_sscanf_reads_as_the_c_library_does(guest: Guest, text: str, parts: list[str]) -> None:
    """Where the two do not differ: without signs, blanks at the end, 0x, %% and brackets, and -1 for an early end."""
    pattern = "".join(parts).encode()
    places = [ctypes.create_string_buffer(b"\xee" * 16, 16) for part in parts if part[0] == "%"]
    expected = ctypes.CDLL(None).sscanf(text.encode(), pattern, *places)
    guests = [guest.heap.kmalloc(16) for _ in places]
    for place in guests:
        guest.memory.write(place, b"\xee" * 16)
    found = vsprintf.scan(guest, text.encode(), pattern, Arguments(guest.memory, guests, 0))
    assert found == max(expected, 0)
    assert [guest.memory.read(place, 16) for place in guests] == [place.raw for place in places]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        (b"-7 -0x1f", b"%d%i", (2, [b"\xf9\xff\xff\xff", b"\xe1\xff\xff\xff"])),
        (b"-7", b"%1d", (0, [b""])),
        (b"-71", b"%2d", (1, [b"\xf9\xff\xff\xff"])),
        (b"- 7", b"%d", (0, [b""])),
        (b"-7", b"%x", (0, [b""])),
        (b"0xg", b"%i%c", (2, [b"", b"x"])),
        (b"0x1F!", b"%x%c", (2, [b"\x1f", b"!"])),
        (b"x", b"%0d", (0, [b""])),
        (b"5", b"%zd", (1, [b"\x05"])),
        (b"-1", b"%ld", (1, [b"\xff" * 8])),
        (b"-1", b"%Ld", (1, [b"\xff" * 8])),
        (b"77", b"%hd", (1, [b"M"])),
        (b"100%5", b"%d%%%d", (2, [b"d", b"\x05"])),
        (b"100%", b"%d%%%n", (1, [b"d", b"\x04"])),
        (b"100x", b"%d%%%d", (1, [b"d", b""])),
        (b"ab cd", b"%*s %s", (1, [b"cd"])),
        (b"ab", b"%*s%s", (0, [b""])),
        (b"", b"%*s%n", (0, [b""])),
        (b"ab12", b"%*[a-b]%d", (0, [b""])),
        (b"a\tb", b"a b%n", (0, [b"\x03"])),
        (b"abc", b"%2[^c]%s", (2, [b"ab", b"c"])),
        (b"cab", b"%2[^c]", (0, [b""])),
        (b"a  b", b"%5[^b]%n", (1, [b"a  ", b"\x03"])),
        (b"x", b"%q", (0, [b""])),
        (b"18446744073709551617", b"%llu", (1, [b"\x01"])),
        (b"5 ", b"%d%s", (2, [b"\x05", b""])),
    ],
)
def test_how_the_kernel_differs(guest: Guest, text: bytes, pattern: bytes, expected: tuple[int, list[bytes]]) -> None:
    """From the C library, or from the standard: `lib/vsprintf.c: vsscanf()`."""
    assert sscanf(guest, text, pattern, len(expected[1])) == expected


@pytest.mark.parametrize(
    ("name", "size", "result", "held"),
    [
        ("snprintf", 0, 5, b"\xee\xee"),
        ("snprintf", 1, 5, b"\0\xee"),
        ("snprintf", 5, 5, b"ab12\0\xee"),
        ("snprintf", 6, 5, b"ab123\0\xee"),
        ("snprintf", 0x7FFFFFFF, 5, b"ab123\0\xee"),
        ("snprintf", 0x80000000, 0, b"\xee\xee"),
        ("scnprintf", 0, 0, b"\xee\xee"),
        ("scnprintf", 1, 0, b"\0\xee"),
        ("scnprintf", 5, 4, b"ab12\0\xee"),
        ("scnprintf", 6, 5, b"ab123\0\xee"),
        ("scnprintf", 9, 5, b"ab123\0\xee"),
        ("sprintf", None, 5, b"ab123\0\xee"),
    ],
)
def test_texts_are_cut_to_their_room(guest: Guest, name: str, size: int | None, result: int, held: bytes) -> None:
    """One function tells how long all would be, one how long it is; a size above INT_MAX is a mistake."""
    buffer, fmt = words(guest, 0, 0), guest.new_text(b"ab%d")
    guest.memory.write(buffer, b"\xee" * 16)
    room = [] if size is None else [size]
    assert call(guest, name, buffer, *room, fmt, Arguments(guest.memory, [123], 0)) == result
    assert guest.memory.read(buffer, len(held)) == held
