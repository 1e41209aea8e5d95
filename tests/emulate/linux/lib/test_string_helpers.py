"""Tests of modtools/emulate/linux/lib/string_helpers.py."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import string_helpers
from modtools.emulate.printf import escapes
from modtools.emulate.symbols.structs import constant
from modtools.linuxerrno import EINVAL
from tests.emulated import call, words

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("size", "block", "binary", "expected"),
    [
        (1536, 512, True, "768 KiB"),
        (1000, 1000, False, "1.00 MB"),
        (5, 1, True, "5.00 B"),
        (1048575, 1, True, "1024 KiB"),
        (16384, 7500, True, "117 MiB"),
        (8192, 4096, False, "33.6 MB"),
        (0, 512, True, "0 B"),
        (1, 512, False, "512 B"),
        (1100, 1, False, "1.10 kB"),
        (1100, 1, True, "1.07 KiB"),
        (16384, 512, False, "8.39 MB"),
        (500118192, 512, False, "256 GB"),
        (500118192, 512, True, "238 GiB"),
        (3000, 1900, False, "5.70 MB"),
        (3000, 1900, True, "5.44 MiB"),
        ((1 << 64) - 1, 4096, False, "75.6 ZB"),
        ((1 << 64) - 1, 4096, True, "64.0 ZiB"),
        (4096, (1 << 64) - 1, False, "75.6 ZB"),
        (1, 1 << 32, True, "4.00 GiB"),
        ((1 << 64) - 1, (1 << 64) - 1, False, "340 UNK"),
        (5, 0, False, "0 B"),
    ],
)
def test_readable_sizes(size: int, block: int, binary: bool, expected: str) -> None:
    """Three digits and a unit; some of these are the cases of lib/test-string_helpers.c."""
    assert string_helpers.readable(size, block, binary) == expected


@given(st.integers(0, 1000**2 - 1))
def test_sizes_are_rounded_half_up(size: int) -> None:
    """To three digits, as Decimal rounds; below 1024 KiB nothing is cut off before. Bytes have decimals, too."""
    for divisor, units in ((1000, ("B", "kB", "MB")), (1024, ("B", "KiB", "MiB"))):
        power = int(size >= divisor)
        value = Decimal(size if not power else size // divisor)
        if power:
            value += Decimal(size % divisor * 1000 // divisor) / 1000
        places = 0 if value >= 100 else 1 if value >= 10 else 2
        number = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if size else 0
        told = string_helpers.readable(size, 1, divisor == 1024)
        assert told == f"{number} {units[power]}"


@given(st.binary(max_size=40))
def test_what_was_escaped_is_read_back(raw: bytes) -> None:
    """Unescaping is the reverse of escaping, for any bytes."""
    every = escapes.SPACE | escapes.SPECIAL | escapes.NULL | escapes.OCTAL
    for flags in (every, escapes.HEX):
        assert string_helpers.unescape(escapes.escape(raw, flags, b""), 0, 15) == raw


def test_unescaping_stops_at_its_size() -> None:
    """The size counts the letters read; unknown escapes stay, and a backslash at the end is one."""
    assert string_helpers.unescape(rb"\tb\x41\400\q", 0, 15) == b"\tbA\x200\\q"
    assert string_helpers.unescape(rb"abcdef", 4, 15) == b"abc"
    assert string_helpers.unescape(b"a\\", 0, 15) == b"a\\"
    assert string_helpers.unescape(rb"\n\101", 0, 1) == b"\n\\101"


@pytest.mark.parametrize("guest", ["debian-13"], indirect=True)
@pytest.mark.parametrize(
    ("flags", "expected"),
    [((), "1.50 KiB"), (("STRING_UNITS_NO_SPACE",), "1.50KiB"), (("STRING_UNITS_NO_BYTES",), "1.50 Ki")],
)
def test_sizes_with_their_length(guest: Guest, flags: tuple[str, ...], expected: str) -> None:
    """The length is that of the whole text, though only a part of it fits."""
    units, buffer = 1 | sum(constant(guest, flag) for flag in flags), guest.heap.kmalloc(16)
    assert string_helpers.string_get_size_told(guest, 3, 512, units, buffer, 16) == len(expected)
    assert guest.text(buffer) == expected
    assert string_helpers.string_get_size_told(guest, 3, 512, units, buffer, 5) == len(expected)
    assert guest.text(buffer) == expected[:4]


@pytest.mark.parametrize(
    ("units", "room", "held"),
    [(0, 9, b"1.54 kB\0"), (1, 9, b"1.50 KiB\0"), (1, 4, b"1.5\0\xee"), (1, 1, b"\0\xee"), (1, 0, b"\xee")],
)
def test_sizes_are_cut_to_their_room(guest: Guest, units: int, room: int, held: bytes) -> None:
    """A NUL ends them; without room nothing is written."""
    buffer = words(guest, 0, 0)
    guest.memory.write(buffer, b"\xee" * 16)
    string_helpers.string_get_size(guest, 3, 512, units, buffer, room)
    assert guest.memory.read(buffer, len(held)) == held


@pytest.mark.parametrize("text", [b"", b"  ", b"a", b" \t a b\n ", b"a\xa0", b"\xa0b"])
def test_blanks_around_a_text(guest: Guest, text: bytes) -> None:
    """strim() cuts those at the end off and passes over those before, as skip_spaces() does; \xa0 is one."""
    blanks = b" \t\n\v\f\r\xa0"
    place = guest.new_text(text + b"\0")
    assert call(guest, "skip_spaces", place) == place + len(text) - len(text.lstrip(blanks))
    trimmed = call(guest, "strim", place)
    assert guest.memory.text(trimmed) == text.strip(blanks)
    assert guest.memory.text(place) == text.rstrip(blanks)


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (b"a", b"a", True), (b"a\n", b"a", True), (b"a", b"a\n", True), (b"a\n", b"a\n", True), (b"a\n\n", b"a", False),
        (b"a\n\n", b"a\n", True), (b"a", b"b", False), (b"a\n", b"b", False), (b"ab", b"a", False), (b"", b"\n", True),
    ],
)  # fmt: skip
def test_lines_that_a_user_writes(guest: Guest, first: bytes, second: bytes, equal: bool) -> None:
    """A newline at the end of one of two texts does not count."""
    places = guest.new_text(first), guest.new_text(second)
    assert call(guest, "sysfs_streq", *places) is equal
    assert call(guest, "__sysfs_match_string", words(guest, places[0], 0), 9, places[1]) == (0 if equal else -EINVAL)
    assert call(guest, "match_string", words(guest, places[0], 0), 9, places[1]) == (0 if first == second else -EINVAL)


def test_texts_of_a_table(guest: Guest) -> None:
    """The first that is equal; the table ends with its count or with NULL, whichever comes first."""
    table = words(guest, *(guest.new_text(text) for text in (b"no", b"yes", b"yes")), 0, guest.new_text(b"far"))
    wanted = guest.new_text(b"yes")
    assert [call(guest, "match_string", table, count, wanted) for count in (0, 1, 2, 9, (1 << 64) - 1)] == [
        -EINVAL, -EINVAL, 1, 1, 1,
    ]  # fmt: skip
    assert call(guest, "match_string", table, 9, guest.new_text(b"far")) == -EINVAL


def test_letters_are_replaced(guest: Guest) -> None:
    """All of them; the end of the text is returned."""
    place = guest.new_text(b"a.b.c")
    assert call(guest, "strreplace", place, 0x100 | ord("."), 0x100 | ord("_")) == place + 5
    assert guest.memory.text(place) == b"a_b_c"
    empty = guest.new_text(b"")
    assert call(guest, "strreplace", empty, ord("."), ord("_")) == empty


def test_escaped_texts_are_written(guest: Guest) -> None:
    """As much as there is room for and no NUL, or into memory of their own; a quoted one has no quotes in it."""
    source, target = guest.new_text(b'a\n"b'), words(guest, 0, 0, 0)
    guest.memory.write(target, b"\xee" * 24)
    assert call(guest, "string_escape_mem", source, 4, target, 5, escapes.SPACE | escapes.HEX, 0) == 14
    assert guest.memory.read(target, 6) == rb"\x61\ "[:4] + b"\\\xee"
    assert call(guest, "string_escape_mem", source, 4, target, 0, escapes.HEX, guest.new_text(b"\n")) == 7
    assert call(guest, "string_escape_mem", source, 0, target, 5, escapes.HEX, 0) == 0
    assert guest.memory.read(target, 6) == rb"\x61\ "[:4] + b"\\\xee"
    assert guest.memory.text(call(guest, "kstrdup_quotable", source, 0)) == rb"a\x0a\x22b"
    assert call(guest, "kstrdup_quotable", 0, 0) == 0


@pytest.mark.parametrize(
    ("text", "flags", "expected"),
    [
        (rb"\n\r\t\v\f", 1, b"\n\r\t\v\f"),
        (rb"\a\e\"\\", 8, b'\a\x1b"\\'),
        (rb"\1\12\123\1234\8", 2, b"\1\n" + b"S" + b"S4" + rb"\8"),
        (rb"\x1\x1fz\xg", 4, b"\1\x1fz" + rb"\xg"),
        (rb"\n\x41\101", 0, rb"\n\x41\101"),
        (rb"\a\n", 1, rb"\a" + b"\n"),
    ],
)
def test_escapes_by_class(guest: Guest, text: bytes, flags: int, expected: bytes) -> None:
    """Only those of the chosen classes are replaced; the text gets a NUL, and its length is told."""
    target = words(guest, *[0] * 4)
    guest.memory.write(target, b"\xee" * 32)
    assert call(guest, "string_unescape", guest.new_text(text), target, 0, flags) == len(expected)
    assert guest.memory.read(target, len(expected) + 2) == expected + b"\0\xee"


@pytest.mark.parametrize(
    ("size", "expected"), [(1, b""), (2, b"a"), (3, b"a\\"), (4, b"a\n"), (5, b"a\nb"), (6, b"a\nb")]
)
def test_unescaping_has_room_for_so_many_letters(size: int, expected: bytes) -> None:
    """The letters that are read count, and one for the NUL."""
    assert string_helpers.unescape(rb"a\nb", size, 1) == expected
