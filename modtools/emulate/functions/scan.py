"""Reading text: sscanf, and what kinds of letters there are.

From Linux 6.1: `lib/vsprintf.c: vsscanf()`, `lib/ctype.c`.
"""

from __future__ import annotations

import re

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.values import VaList, Values

_UPPER, _LOWER, _DIGIT, _CONTROL, _PUNCTUATION, _SPACE, _HEX, _BLANK = (1 << bit for bit in range(8))
_SPEC = re.compile(rb"(\*?)(\d*)(hh|h|ll|l|L|z|t)?([diuxXoscn%])")
_SIZES = {b"hh": 1, b"h": 2, b"l": 8, b"ll": 8, b"L": 8, b"z": 8, b"t": 8}
_DIGITS = {
    10: rb"[+-]?\d+",
    16: rb"[+-]?(?:0[xX])?[0-9a-fA-F]+",
    8: rb"[+-]?[0-7]+",
    0: rb"[+-]?(?:0[xX][0-9a-fA-F]+|\d+)",
}
_BASES = {b"d": 10, b"i": 0, b"u": 10, b"x": 16, b"X": 16, b"o": 8}


def kind(code: int) -> int:
    """The flags of one byte, in Latin-1 above 127."""
    if code < 32 or code == 127:
        return _CONTROL | (_SPACE if 9 <= code <= 13 else 0)
    if code in (32, 160):
        return _SPACE | _BLANK
    letter = chr(code)
    if code < 128:
        digit = _HEX if letter in "abcdefABCDEF" else 0
        for test, flag in ((letter.isupper(), _UPPER), (letter.islower(), _LOWER)):
            if test:
                return flag | digit
        return _DIGIT if letter.isdigit() else _PUNCTUATION
    if code < 160:
        return 0
    if code < 192 or code in (215, 247):
        return _PUNCTUATION
    return _UPPER if code < 223 else _LOWER


@variable("_ctype", 256)
def ctype(guest: Guest, address: int) -> None:
    """A byte of flags for each byte."""
    guest.memory.write(address, bytes(kind(code) for code in range(256)))


def _integer(raw: bytes, base: int) -> int:
    if base:
        return int(raw, base)
    negative = raw[:1] == b"-"
    digits = raw.lstrip(b"+-")
    value = int(digits, 16 if digits[:2].lower() == b"0x" else 8 if digits[:1] == b"0" else 10)
    return -value if negative else value


def scan(guest: Guest, text: bytes, pattern: bytes, values: Values) -> int:
    """How many values were stored."""
    count = at = place = 0
    while place < len(pattern):
        char = pattern[place : place + 1]
        if char.isspace():
            at += len(text[at:]) - len(text[at:].lstrip())
            place += 1
            continue
        if char != b"%":
            if text[at : at + 1] != char:
                break
            at, place = at + 1, place + 1
            continue
        match = _SPEC.match(pattern, place + 1)
        if not match:
            raise Needs("sscanf with " + pattern[place:].decode("latin-1"))
        place = match.end()
        step = _convert(guest, text, at, match, values)
        if step is None:
            break
        at, stored = step
        count += stored
    return count


def _convert(guest: Guest, text: bytes, at: int, match: re.Match[bytes], values: Values) -> tuple[int, int] | None:
    """Where it goes on and whether a value counts; None at the end."""
    skipped, width, length, letter = match.groups()
    limit = int(width) if width else 1 << 20
    if letter == b"n":
        guest.memory.put(values.next(), at, 4)
        return at, 0
    if letter == b"%":
        return (at + 1, 0) if text[at : at + 1] == b"%" else None
    if letter == b"c":
        data = text[at : at + (int(width) if width else 1)]
        if not data:
            return None
        if not skipped:
            guest.memory.write(values.next(), data)
        return at + len(data), not skipped
    at += len(text[at:]) - len(text[at:].lstrip())
    if letter == b"s":
        found = re.match(rb"\S*", text[at : at + limit])
        assert found is not None
        if not skipped:
            guest.memory.write(values.next(), found[0] + b"\0")
        return at + len(found[0]), not skipped
    base = _BASES[letter]
    number = re.match(_DIGITS[base], text[at : at + limit])
    if not number:
        return None
    if not skipped:
        guest.memory.put(values.next(), _integer(number[0], base), _SIZES.get(length, 4))
    return at + len(number[0]), not skipped


@function("int sscanf(const char *buf, const char *fmt, ...)")
def sscanf(guest: Guest, text: int, fmt: int, values: Values) -> int:
    """The text is read as far as the format goes."""
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), values)


@function("int vsscanf(const char *buf, const char *fmt, va_list args)")
def vsscanf(guest: Guest, text: int, fmt: int, args: int) -> int:
    """The same."""
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), VaList(guest.memory, args))
