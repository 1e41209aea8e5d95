"""Tests of modtools/emulate/linux/lib/string_helpers.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import string_helpers
from modtools.emulate.printf import escapes
from modtools.emulate.symbols.structs import constant

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
    ],
)
def test_readable_sizes(size: int, block: int, binary: bool, expected: str) -> None:
    """Three digits and a unit; some of these are the cases of lib/test-string_helpers.c."""
    assert string_helpers.readable(size, block, binary) == expected


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
