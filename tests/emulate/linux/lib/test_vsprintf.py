"""Tests of modtools/emulate/linux/lib/vsprintf.py."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import (
    vsprintf,
)

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
