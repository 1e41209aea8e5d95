"""Reading text: sscanf, and what kinds of letters there are.

From Linux 6.1: `lib/vsprintf.c: vsscanf()`, `lib/ctype.c`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.functions.text import leading_digits
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.values import VaList, Values

UPPER, _LOWER, _DIGIT, _CONTROL, _PUNCTUATION, _SPACE, _HEX, _BLANK = (1 << bit for bit in range(8))
_SPEC = re.compile(rb"(\d+)?(hh|h|ll|[lLz])?(?P<kind>[diuxXoscn%]|\[(?P<negate>\^?)(?P<letters>[^]]*)\])")
_SIZES = {b"hh": 1, b"h": 2, b"l": 8, b"ll": 8, b"L": 8, b"z": 8}
_DIGIT_OF = {10: rb"\d", 16: rb"[0-9a-fA-F]", 8: rb"[0-7]", 0: rb"\d"}
_BASES = {b"d": 10, b"i": 0, b"u": 10, b"x": 16, b"X": 16, b"o": 8}


def kind(code: int) -> int:
    """Return the flags of one byte, in Latin-1 above 127."""
    if code < 32 or code == 127:
        return _CONTROL | (_SPACE if 9 <= code <= 13 else 0)
    if code in (32, 160):
        return _SPACE | _BLANK
    letter = chr(code)
    if code < 128:
        digit = _HEX if letter in "abcdefABCDEF" else 0
        for test, flag in ((letter.isupper(), UPPER), (letter.islower(), _LOWER)):
            if test:
                return flag | digit
        return _DIGIT if letter.isdigit() else _PUNCTUATION
    if code < 160:
        return 0
    if code < 192 or code in (215, 247):
        return _PUNCTUATION
    return UPPER if code < 223 else _LOWER


@variable("_ctype", 256)
def ctype(guest: Guest, address: int) -> None:
    """`lib/ctype.c`: Store a byte of flags for each byte."""
    guest.memory.write(address, bytes(kind(code) for code in range(256)))


def _blank(code: bytes) -> bool:
    return bool(code) and bool(kind(code[0]) & _SPACE)


def _skip(text: bytes, at: int) -> int:
    """Return the place where the blanks end."""
    while _blank(text[at : at + 1]):
        at += 1
    return at


def scan(guest: Guest, text: bytes, pattern: bytes, values: Values) -> int:
    """Store the values that a text has for a pattern; return how many."""
    count = at = place = 0
    while place < len(pattern):
        if _blank(pattern[place : place + 1]):
            at, place = _skip(text, at), _skip(pattern, place)
            continue
        char = pattern[place : place + 1]
        place += 1
        if char != b"%":
            if text[at : at + 1] != char:
                break
            at += 1
            continue
        if pattern[place : place + 1] == b"*":
            step = _skip_value(text, at, pattern, place)
            if step is None:
                break
            at, place = step
            continue
        match = _SPEC.match(pattern, place)
        if not match or (match[1] and not int(match[1])):
            break
        place = match.end()
        done = _convert(guest, text, at, match, values)
        if done is None:
            break
        at, count = done, count + (match["kind"][:1] not in b"n%")
    return count


def _skip_value(text: bytes, at: int, pattern: bytes, place: int) -> tuple[int, int] | None:
    """Skip a value that is not wanted; return the places in the text and the pattern, or None at the end. Both go on
    at the next blank; in the pattern, a `%` ends it, too.
    """
    if at >= len(text):
        return None
    while place < len(pattern) and pattern[place] != ord("%") and not _blank(pattern[place : place + 1]):
        if pattern[place] == ord("["):
            return None
        place += 1
    while at < len(text) and not _blank(text[at : at + 1]):
        at += 1
    return at, place


def _convert(guest: Guest, text: bytes, at: int, match: re.Match[bytes], values: Values) -> int | None:
    """Store one value; return the place where the text goes on, or None at its end."""
    width, letter = int(match[1] or 0), match["kind"][:1]
    if letter == b"n":
        guest.memory.put(values.next(), at, 4)
        return at
    if at >= len(text):
        return None
    if letter == b"%":
        return at + 1 if text[at : at + 1] == b"%" else None
    if letter == b"c":
        data = text[at : at + (width or 1)]
        guest.memory.write(values.next(), data)
        return at + len(data)
    if letter == b"s":
        at = _skip(text, at)
        return _store(guest, text, at, width or 0x7FFF, lambda code: not _blank(code), values)
    if letter == b"[":
        letters, negate = match["letters"], bool(match["negate"])
        if not width or not letters or not _chosen(text[at : at + 1], letters, negate):
            return None
        return _store(guest, text, at, width, lambda code: _chosen(code, letters, negate), values)
    return _number(guest, text, at, match, values)


def _chosen(code: bytes, letters: bytes, negate: bool) -> bool:
    """Return whether a letter is among those between the brackets, where `-` stands for itself."""
    return bool(code) and (code in letters) != negate


def _store(guest: Guest, text: bytes, at: int, width: int, fits: Callable[[bytes], bool], values: Values) -> int:
    end = at
    while end < len(text) and end - at < width and fits(text[end : end + 1]):
        end += 1
    guest.memory.write(values.next(), text[at:end] + b"\0")
    return end


def _number(guest: Guest, text: bytes, at: int, match: re.Match[bytes], values: Values) -> int | None:
    """Store a number; return the place where the text goes on, or None for no number. A minus is only taken before
    what is signed, a plus never; a width counts the minus and the `0x`.
    """
    width, base = int(match[1] or 0) or len(text), _BASES[match["kind"]]
    at = _skip(text, at)
    negative = match["kind"] in b"di" and text[at : at + 1] == b"-"
    if (negative and width == 1) or not re.match(_DIGIT_OF[base], text[at + negative : at + negative + 1]):
        return None
    field = text[at + negative : at + width]
    value, length = leading_digits(field, base)
    guest.memory.put(values.next(), -value if negative else value, _SIZES.get(match[2], 4))
    return at + negative + length


@function("int sscanf(const char *buf, const char *fmt, ...)")
def sscanf(guest: Guest, text: int, fmt: int, values: Values) -> int:
    """`lib/vsprintf.c`: Read values out of a text by a format; return how many were stored."""
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), values)


@function("int vsscanf(const char *buf, const char *fmt, va_list args)")
def vsscanf(guest: Guest, text: int, fmt: int, args: int) -> int:
    """`lib/vsprintf.c`: Read values out of a text by a format, to the places of a va_list; return how many were
    stored.
    """
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), VaList(guest.memory, args))
