"""lib/vsprintf.c: Formatting and reading text: sprintf, sscanf."""

from __future__ import annotations

import re
from collections.abc import Callable

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.integers import MASK64

_SPEC = re.compile(rb"(\d+)?(hh|h|ll|[lLz])?(?P<kind>[diuxXoscn%]|\[(?P<negate>\^?)(?P<letters>[^]]*)\])")
_SIZES = {b"hh": 1, b"h": 2, b"l": 8, b"ll": 8, b"L": 8, b"z": 8}
_DIGIT_OF = {10: rb"\d", 16: rb"[0-9a-fA-F]", 8: rb"[0-7]", 0: rb"\d"}
_BASES = {b"d": 10, b"i": 0, b"u": 10, b"x": 16, b"X": 16, b"o": 8}


def _blank(code: bytes) -> bool:
    return bool(code) and code[0] in WHITE_SPACE


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
    """Skip a value that is not wanted; return the places in the text and the pattern, or None at the end. Both go on at
    the next blank; in the pattern, a `%` ends it, too.
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
    """Store a number; return the place where the text goes on, or None for no number. A minus is only taken before what
    is signed, a plus never; a width counts the minus and the `0x`.
    """
    width, base = int(match[1] or 0) or len(text), _BASES[match["kind"]]
    at = _skip(text, at)
    negative = match["kind"] in b"di" and text[at : at + 1] == b"-"
    if (negative and width == 1) or not re.match(_DIGIT_OF[base], text[at + negative : at + negative + 1]):
        return None
    value, length = leading_digits(text[at + negative :], base, width - negative)
    guest.memory.put(values.next(), -value if negative else value, _SIZES.get(match[2], 4))
    return at + negative + length


@function("int sscanf(const char *buf, const char *fmt, ...)")
def sscanf(guest: Guest, text: int, fmt: int, values: Values) -> int:
    """Read values out of a text by a format; return how many were stored."""
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), values)


@function("int vsscanf(const char *buf, const char *fmt, va_list args)")
def vsscanf(guest: Guest, text: int, fmt: int, args: int) -> int:
    """Read values out of a text by a format, to the places of a va_list; return how many were stored."""
    return scan(guest, guest.memory.text(text), guest.memory.text(fmt), guest.va_list(args))


_INT_MAX = 0x7FFFFFFF


def _put(guest: Guest, buffer: int, size: int, text: bytes) -> int:
    """Write as much of a text as fits, with a NUL; return the length of the whole."""
    if size > _INT_MAX:
        return 0
    if size:
        guest.memory.write(buffer, text[: size - 1] + b"\0")
    return len(text)


def _scnput(guest: Guest, buffer: int, size: int, text: bytes) -> int:
    """Write as much of a text as fits, with a NUL; return the length of what was written."""
    _put(guest, buffer, size, text)
    return min(len(text), size - 1) if size else 0


@function("int sprintf(char *buf, const char *fmt, ...)")
def sprintf(guest: Guest, buffer: int, fmt: int, values: Values) -> int:
    """Write a formatted text without a limit; return its length."""
    return _put(guest, buffer, _INT_MAX, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vsprintf(char *buf, const char *fmt, va_list args)")
def vsprintf_(guest: Guest, buffer: int, fmt: int, args: int) -> int:
    """Write a text formatted from a va_list without a limit; return its length."""
    return _put(guest, buffer, _INT_MAX, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


@function("int snprintf(char *buf, size_t size, const char *fmt, ...)")
def snprintf(guest: Guest, buffer: int, size: int, fmt: int, values: Values) -> int:
    """Write as much of a formatted text as fits; return the length of the whole."""
    return _put(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)")
def vsnprintf(guest: Guest, buffer: int, size: int, fmt: int, args: int) -> int:
    """Write as much of a text formatted from a va_list as fits; return the length of the whole."""
    return _put(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


@function("int scnprintf(char *buf, size_t size, const char *fmt, ...)")
def scnprintf(guest: Guest, buffer: int, size: int, fmt: int, values: Values) -> int:
    """Write as much of a formatted text as fits; return the length of what was written."""
    return _scnput(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), values))


@function("int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)")
def vscnprintf(guest: Guest, buffer: int, size: int, fmt: int, args: int) -> int:
    """Write as much of a text formatted from a va_list as fits; return the length of what was written."""
    return _scnput(guest, buffer, size, vsprintf(guest, guest.memory.text(fmt), guest.va_list(args)))


_PREFIX = re.compile(rb"0[xX]")
_HEXADECIMAL = re.compile(rb"0[xX][0-9a-fA-F]")


def leading_digits(text: bytes, base: int, width: int | None = None) -> tuple[int, int]:
    """Return the number at the beginning of a text and its length, in a base or (0) in that which its prefix says. A
    width ends it, but not the look at the prefix.
    """
    limit = len(text) if width is None else min(width, len(text))
    if base == 0:
        base = 16 if _HEXADECIMAL.match(text) else 8 if text[:1] == b"0" else 10
    start = end = 2 if base == 16 and _PREFIX.match(text) else 0
    while end < limit and _value(text[end]) < base:
        end += 1
    return int(text[start:end] or b"0", base) & MASK64, min(end, limit)


def leading(guest: Guest, text: int, base: int) -> tuple[int, int]:
    """Return the number of as many digits as a text begins with, and where they end; what does not fit into 64 bits is
    cut off (`simple_strtoull()`).
    """
    value, length = leading_digits(guest.memory.text(text), base)
    return value, text + length


def _simple(guest: Guest, text: int, end: int, base: int) -> int:
    value, place = leading(guest, text, base)
    if end:
        guest.memory.put(end, place, 8)
    return value


def _value(digit: int) -> int:
    """Return the value of a digit, which Linux knows up to F in every base; more than any base for what is none."""
    value = b"0123456789abcdef".find(bytes((digit,)).lower())
    return value if value >= 0 else 99


@function(
    "unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)",
    "unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)",
)
def simple_strtoul(guest: Guest, text: int, end: int, base: int) -> int:
    """Return the number at the beginning of a text, and write where it ends to `*endp`."""
    return _simple(guest, text, end, base)


@function(
    "long simple_strtol(const char *cp, char **endp, unsigned int base)",
    "long long simple_strtoll(const char *cp, char **endp, unsigned int base)",
)
def simple_strtol(guest: Guest, text: int, end: int, base: int) -> int:
    """Return the number at the beginning of a text, which may have a minus before it, and write where it ends to
    `*endp`.
    """
    if guest.memory.u8(text) == 0x2D:
        return -_simple(guest, text + 1, end, base)
    return _simple(guest, text, end, base)


@variable("no_hash_pointers", 1)
def no_hash_pointers(guest: Guest, _address: int) -> None:
    """Hold false: pointers are hashed. A command line that asks for anything else stops the run."""
    if "no_hash_pointers" in guest.kernel.identity.cmdline.split():
        raise Needs("pointers that are not hashed")
