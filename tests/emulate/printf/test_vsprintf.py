"""Tests of modtools/emulate/printf/vsprintf.py, beside Python's own formatting of bytes, which is C's."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.printf.vsprintf import vsprintf
from tests.emulated import boot_profile
from tests.properties import examples

pytest.importorskip("unicorn")

SIZES = {b"hh": 8, b"h": 16, b"": 32, b"l": 64, b"ll": 64, b"z": 64, b"t": 64}
FLAGS = st.sets(st.sampled_from(b"-+ 0#")).map(bytes)
WIDTHS = st.sampled_from([b"", b"0", b"1", b"3", b"12"])
PRECISIONS = st.sampled_from([b"", b".", b".0", b".1", b".2", b".7"])
WORDS = st.integers(0, (1 << 64) - 1) | st.integers(0, 300) | st.integers(-300, -1).map(lambda value: value % (1 << 64))


@cache
def _booted() -> Guest:
    """A kernel for many examples."""
    return boot_profile("debian-12")


def printed(pattern: bytes, *values: int) -> bytes:
    """What a format makes of these values."""
    return vsprintf(_booted(), pattern, Arguments(_booted().memory, list(values), 0))


@given(FLAGS, WIDTHS, PRECISIONS, st.sampled_from([*SIZES]), st.sampled_from(b"diuxXo"), WORDS)
@examples(400)
def test_numbers(flags: bytes, width: bytes, precision: bytes, size: bytes, kind: int, word: int) -> None:
    """As C has it, but that a precision leaves padding with zeros on, and that # is for 0, too."""
    bits = SIZES[size]
    value = word & (1 << bits) - 1
    signed = kind in b"di"
    if signed and value >> bits - 1:
        value -= 1 << bits
    plain = flags if signed else bytes(flag for flag in flags if flag not in b"+ ")
    if precision and b"-" not in flags:
        plain = plain.replace(b"0", b"")
    if kind == ord("o"):
        plain = plain.replace(b"#", b"")
    letter = b"d" if kind == ord("u") else bytes((kind,))
    expected = b"%" + plain + width + precision + letter
    whole = b"[%" + flags + width + precision + size + bytes((kind,)) + b"]%%"
    found = printed(whole, word)
    if not (b"0" in flags and precision) and not (kind == ord("o") and b"#" in flags):
        text = expected % value
        if precision in (b".", b".0") and value == 0:
            text = (b"%" + plain + width + letter) % 0
        assert found == b"[" + text + b"]%"


@given(FLAGS, WIDTHS, PRECISIONS, st.text("abc", max_size=9).map(str.encode))
@examples(60)
def test_texts(flags: bytes, width: bytes, precision: bytes, text: bytes) -> None:
    """Cut to the precision, in their field; no flag but - counts. A point alone is no precision, as it is 0 in C."""
    place = _booted().new_text(text)
    left = b"-" if b"-" in flags else b""
    expected = b"<" + (b"%" + left + width + precision.removesuffix(b".") + b"s") % text + b">"
    assert printed(b"<%" + flags + width + precision + b"s>", place) == expected


@given(FLAGS, WIDTHS, PRECISIONS, WORDS)
@examples(60)
def test_characters(flags: bytes, width: bytes, precision: bytes, word: int) -> None:
    """The lowest byte of what is given, in its field, whatever the precision."""
    left = b"-" if b"-" in flags else b""
    expected = b"<" + (b"%" + left + width + b"c") % (word & 0xFF) + b">"
    assert printed(b"<%" + flags + width + precision + b"c>", word) == expected


@pytest.mark.parametrize(
    ("pattern", "values", "expected"),
    [
        (b"a%*db", (5, 7), b"a    7b"),
        (b"a%*db", (-5 % (1 << 32), 7), b"a7    b"),
        (b"a%.*db", (3, 7), b"a007b"),
        (b"a%.*db", (-3 % (1 << 32), 7), b"a7b"),
        (b"%d%%%d", (1, 2), b"1%2"),
        (b"before %n after %d", (5,), b"before "),
        (b"before %y after %d", (1,), b"before "),
        (b"", (), b""),
        (b"%#x %#X %#o %#o", (0, 0xAB, 8, 0), b"0x0 0XAB 010 0"),
    ],
)
def test_formats(pattern: bytes, values: tuple[int, ...], expected: bytes) -> None:
    """Widths and precisions that are arguments, and what is no conversion."""
    assert printed(pattern, *values) == expected
