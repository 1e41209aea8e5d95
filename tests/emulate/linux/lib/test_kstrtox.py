"""Tests of modtools/emulate/linux/lib/kstrtox.py."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT, EINVAL, ERANGE
from tests.emulated import BASE, call, caller, plain, words
from tests.properties import examples

pytest.importorskip("unicorn")

TYPES = {
    "kstrtoint": (32, True), "kstrtouint": (32, False), "kstrtoll": (64, True), "kstrtoull": (64, False),
    "_kstrtol": (64, True), "_kstrtoul": (64, False), "kstrtos16": (16, True), "kstrtou16": (16, False),
    "kstrtos8": (8, True), "kstrtou8": (8, False),
}  # fmt: skip
"""Functions, with the bits of what they write, and whether that has a sign."""
OF_CALLERS = {
    "kstrtoint_from_user": (32, True), "kstrtouint_from_user": (32, False), "kstrtol_from_user": (64, True),
    "kstrtoll_from_user": (64, True), "kstrtoul_from_user": (64, False), "kstrtoull_from_user": (64, False),
    "kstrtos16_from_user": (16, True), "kstrtou16_from_user": (16, False), "kstrtos8_from_user": (8, True),
    "kstrtou8_from_user": (8, False),
}  # fmt: skip
edges = st.sampled_from(
    [sign * (1 << bits) + more for bits in (7, 8, 15, 16, 31, 32, 63, 64) for sign in (1, -1) for more in (-1, 0, 1)]
)
BLANK = b"\xee" * 16


def expected(text: bytes, base: int, bits: int, signed: bool) -> tuple[int, bytes]:
    """What the comments of lib/kstrtox.c say: the result, and what is written."""
    found = re.fullmatch(rb"([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]+)\n?", text)
    if not found or (found[1] == b"-" and not signed) or (found[2] and base not in (0, 16)):
        return -EINVAL, BLANK
    base = base or (16 if found[2] else 8 if found[3][:1] == b"0" else 10)
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"[:base]
    if set(found[3].decode().lower()) - set(digits):
        return -EINVAL, BLANK
    value = sum(digits.index(letter) * base**power for power, letter in enumerate(reversed(found[3].decode().lower())))
    value = -value if found[1] == b"-" else value
    least = -(1 << bits - 1) if signed else 0
    if not least <= value < least + (1 << bits):
        return -ERANGE, BLANK
    return 0, value.to_bytes(bits // 8, "little", signed=signed).ljust(16, b"\xee")


@examples(100)
@given(
    st.one_of(edges.map(str), edges.map(hex), edges.map("{:o}".format), st.text("+-0x19afzZ\n ", max_size=6)),
    st.sampled_from([0, 2, 8, 10, 16, 36]),
    st.sampled_from(["", "\n", "\n\n", " "]),
)
def test_numbers(written: str, base: int, end: str) -> None:
    """All types at once: what a text says, whether it fits, and that nothing but the number is written."""
    guest, text = plain(), (written + end).encode()
    guest.memory.write(BASE, text + b"\0")
    for name, (bits, signed) in TYPES.items():
        guest.memory.write(BASE + 0x100, BLANK)
        told = call(guest, name, BASE, base, BASE + 0x100)
        assert (told, guest.memory.read(BASE + 0x100, 16)) == expected(text, base, bits, signed), name


@pytest.mark.parametrize("text", [b"1234", b"-5\n", b"0", b"300", b"99999999999", b"x", b"", b"-129", b"0x10"])
def test_numbers_from_a_caller(guest: Guest, text: bytes) -> None:
    """They end with the count or with a NUL; where the caller has no memory, -EFAULT."""
    result = words(guest, 0, 0)
    for name, (bits, signed) in OF_CALLERS.items():
        for source, count, wanted in (
            (caller(guest, text + b"7"), len(text), expected(text, 0, bits, signed)),
            (caller(guest, text + b"\0" + b"7"), 13, expected(text, 0, bits, signed)),
            (8, 3, (-EFAULT, BLANK)),
        ):
            guest.memory.write(result, BLANK)
            told = call(guest, name, source, count, 0, result)
            assert (told, guest.memory.read(result, 16)) == wanted, name


@pytest.mark.parametrize(
    ("name", "digits", "error"),
    [("kstrtou8_from_user", 9, 0), ("kstrtou8_from_user", 11, -ERANGE), ("kstrtou16_from_user", 18, -ERANGE)],
)
def test_so_many_digits_of_a_caller_are_read(guest: Guest, name: str, digits: int, error: int) -> None:
    """A sign, a binary number and a newline or NUL: what is behind is cut off before anything is judged."""
    text = b"1" * digits if error else b"0" * digits
    assert call(guest, name, caller(guest, text), digits, 2, words(guest, 0)) == error
    assert call(guest, "kstrtou8_from_user", caller(guest, b"0" * 10 + b"x"), 11, 2, words(guest, 0)) == 0
    assert call(guest, "kstrtou8_from_user", caller(guest, b"0" * 9 + b"x"), 10, 2, words(guest, 0)) == -EINVAL


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, 1) for text in (b"y", b"Y", b"t", b"T", b"1", b"yes", b"on", b"ON", b"oN", b"One")),
        *((text, 0) for text in (b"n", b"N", b"f", b"F", b"0", b"no", b"of", b"OFF", b"oF", b"Of")),
        *((text, None) for text in (b"", b"o", b"x", b"ox", b"2", b" 1", b"p", b"O")),
    ],
)
def test_booleans(guest: Guest, text: bytes, value: int | None) -> None:
    """The first letter decides, after an `o` the second; a caller's text, too."""
    for name, arguments in (
        ("kstrtobool", [guest.new_text(text)]),
        ("kstrtobool_from_user", [caller(guest, text + b"\0"), len(text)]),
    ):
        result = words(guest, 0x5555)
        assert call(guest, name, *arguments, result) == (-EINVAL if value is None else 0)
        assert guest.memory.u64(result) == (0x5555 if value is None else 0x5500 | value)


def test_no_boolean(guest: Guest) -> None:
    """NULL, memory that a caller has not, and what is behind the count."""
    assert call(guest, "kstrtobool", 0, words(guest, 0)) == -EINVAL
    assert call(guest, "kstrtobool_from_user", 8, 3, words(guest, 0)) == -EFAULT
    assert call(guest, "kstrtobool_from_user", caller(guest, b"on"), 1, words(guest, 0)) == -EINVAL
    assert call(guest, "kstrtobool_from_user", caller(guest, b"on"), 2, words(guest, 0)) == 0
    end = caller(guest, b"") + PAGE
    guest.memory.write(end - 3, b"off")
    assert call(guest, "kstrtobool_from_user", end - 3, 9, words(guest, 0)) == 0
