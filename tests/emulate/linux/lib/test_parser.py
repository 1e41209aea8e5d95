"""Tests of modtools/emulate/linux/lib/parser.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import parser
from modtools.linuxerrno import EINVAL, ERANGE
from tests.emulated import call, words

pytest.importorskip("unicorn")


def test_options_are_found_by_their_patterns(guest: Guest) -> None:
    """The first pattern that fits as a whole, a text of one letter at least; its arguments are places in it."""
    patterns = [(1, b"size=%u"), (2, b"mode=%o"), (3, b"name=%s"), (4, b"100%%")]
    table = words(guest, *(part for number, text in patterns for part in (number, guest.new_text(text))), 9, 0)
    arguments = guest.heap.kmalloc(48)

    def match(option: bytes) -> tuple[int, bytes]:
        guest.memory.write(arguments, bytes(48))
        number = parser.match_token(guest, guest.new_text(option), table, arguments)
        start, end = guest.memory.u64(arguments), guest.memory.u64(arguments + 8)
        return number, guest.memory.read(start, end - start) if start else b""

    options = (b"size=0x20", b"size=-1", b"mode=755", b"mode=8", b"name=", b"name=a,b", b"100%", b"size=1 ")
    expected = [(1, b"0x20"), (9, b""), (2, b"755"), (9, b""), (9, b""), (3, b"a,b"), (4, b""), (9, b"")]
    assert [match(option) for option in options] == expected


def span(guest: Guest, text: bytes, rest: bytes = b"") -> int:
    """A `substring_t` of a text, behind which something else may be."""
    place = guest.new_text(text + rest)
    return words(guest, place, place + len(text))


@pytest.mark.parametrize(
    ("option", "pattern", "arguments"),
    [
        (b"a", b"a", []),
        (b"ab", b"a", None),
        (b"a=1-2", b"a=%d-%d", [b"1", b"2"]),
        (b"a=-5", b"a=%d", [b"-5"]),
        (b"a=-", b"a=%d", [b"-"]),
        (b"a=0x1f", b"a=%d", [b"0x1f"]),
        (b"a=0x1f", b"a=%u", [b"0x1f"]),
        (b"a=-5", b"a=%u", None),
        (b"a=17", b"a=%o", [b"17"]),
        (b"a=18", b"a=%o", None),
        (b"a=ff", b"a=%x", [b"ff"]),
        (b"a=fg", b"a=%x", None),
        (b"a=text", b"a=%s", [b"text"]),
        (b"a=text", b"a=%2sxt", [b"te"]),
        (b"a=t", b"a=%2s", [b"t"]),
        (b"a=12", b"a=%1d", [b"12"]),
        (b"a=", b"a=%s", None),
        (b"a=1", b"a=%y", None),
        (b"a%b", b"a%%b", []),
        (b"a%b", b"a%%c", None),
        (b"1 2 3", b"%d %d %d", [b"1", b"2", b"3"]),
        (b"1 2 3 4", b"%d %d %d %d", None),
        (b"x=ab", b"%s", [b"x=ab"]),
    ],
)
def test_what_an_option_s_pattern_takes(
    guest: Guest, option: bytes, pattern: bytes, arguments: list[bytes] | None
) -> None:
    """Three arguments at most, each as much as it can take; without a fit, nothing is stored."""
    table, places = words(guest, 7, guest.new_text(pattern), 9, 0), words(guest, *[0] * 8)
    assert call(guest, "match_token", guest.new_text(option), table, places) == (9 if arguments is None else 7)
    found = []
    for at in range(0, 64, 16):
        if start := guest.memory.u64(places + at):
            found.append(guest.memory.read(start, guest.memory.u64(places + at + 8) - start))
    assert found == (arguments or [])


@pytest.mark.parametrize(
    ("name", "text", "error", "value"),
    [
        ("match_int", b"12", 0, 12),
        ("match_int", b"-12", 0, -12),
        ("match_int", b"0x10", 0, 16),
        ("match_int", b"010", 0, 8),
        ("match_int", b"2147483647", 0, 2147483647),
        ("match_int", b"2147483648", -ERANGE, None),
        ("match_int", b"-2147483648", 0, -2147483648),
        ("match_int", b"-2147483649", -ERANGE, None),
        ("match_int", b"x", -EINVAL, None),
        ("match_int", b"", -EINVAL, None),
        ("match_octal", b"755", 0, 0o755),
        ("match_octal", b"8", -EINVAL, None),
        ("match_hex", b"ff", 0, 255),
        ("match_uint", b"12", 0, 12),
        ("match_uint", b"0x12", -EINVAL, None),
        ("match_uint", b"4294967295", 0, -1),
        ("match_uint", b"4294967296", -ERANGE, None),
        ("match_uint", b"-1", -EINVAL, None),
        ("match_u64", b"0x100000002", 0, 2),
        ("match_u64", b"18446744073709551616", -ERANGE, None),
    ],
)
def test_numbers_of_options(guest: Guest, name: str, text: bytes, error: int, value: int | None) -> None:
    """In their bases, as far as they fit; the text behind an argument is none of it."""
    result = words(guest, 0x5555555555555555)
    assert call(guest, name, span(guest, text, b"7"), result) == error
    assert guest.memory.s32(result) == (0x55555555 if value is None else value)
    upper = guest.memory.u32(result + 4)
    assert upper == (1 if name == "match_u64" and value is not None else 0x55555555)


def test_texts_of_options(guest: Guest) -> None:
    """A copy of their own, or into the caller's room, with a NUL."""
    argument, target = span(guest, b"hello", b"more"), words(guest, 0)
    assert guest.memory.text(call(guest, "match_strdup", argument)) == b"hello"
    for room, copied in ((0, b""), (1, b"\0"), (4, b"hel\0"), (6, b"hello\0"), (8, b"hello\0")):
        guest.memory.write(target, b"\xee" * 8)
        assert call(guest, "match_strlcpy", target, argument, room) == 5
        assert guest.memory.read(target, 8) == copied.ljust(8, b"\xee")
