"""net/core/utils.c: Addresses read from text."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.integers import signed

_NUMBERS = 4
_ANY = -1
"""The delimiter that stands for whatever is no part of a number."""
_OF_NUMBERS = b".0123456789abcdefABCDEF"


@function("int in4_pton(const char *src, int srclen, u8 *dst, int delim, const char **end)")
def in4_pton(guest: Guest, source: int, length: int, target: int, delimiter: int, end: int) -> int:
    """Read an address of IPv4 of so many bytes, or, with -1, of a whole text; it ends there, at a colon or at the
    delimiter, which is -1 for whatever is no part of a number. Return 1, or 0 for none; what is behind `end` becomes
    the place where reading ended.
    """
    text = guest.memory.text(source) if signed(length, 32) < 0 else guest.memory.read(source, length)
    numbers, at = _read(text.partition(b"\0")[0], signed(delimiter, 32))
    if numbers:
        guest.memory.write(target, numbers)
    if end:
        guest.memory.put(end, source + at, 8)
    return int(bool(numbers))


def _read(text: bytes, delimiter: int) -> tuple[bytes, int]:
    """Return the address, b"" for none, and where reading has ended."""
    numbers, number = b"", -1
    for at in range(len(text) + 1):
        sign = text[at] if at < len(text) else 0
        ends = sign in (0, ord(":"), delimiter) or (delimiter == _ANY and sign not in _OF_NUMBERS)
        if ends or sign == ord("."):
            if number < 0:
                return b"", at
            numbers, number = numbers + bytes((number,)), -1
            if ends:
                return numbers if len(numbers) == _NUMBERS else b"", at
            if len(numbers) == _NUMBERS:
                return b"", at
        elif not ord("0") <= sign <= ord("9"):
            return b"", at
        else:
            number = max(number, 0) * 10 + sign - ord("0")
            if number > 0xFF:
                return b"", at
    return b"", len(text)
