"""Kinds of characters.

From Linux 6.1: `lib/ctype.c`, `include/linux/ctype.h`.
"""

from __future__ import annotations

UPPER, _LOWER, _DIGIT, _CONTROL, _PUNCTUATION, SPACE, _HEX, _BLANK = (1 << bit for bit in range(8))
PRINTABLE = _PUNCTUATION | UPPER | _LOWER | _DIGIT | _BLANK
"""What isprint() takes: not among them are control characters."""


def kinds(code: int) -> int:
    """Return the kinds of a byte, a bit for each; above 127 as in Latin-1."""
    if code < 32 or code == 127:
        return _CONTROL | (SPACE if 9 <= code <= 13 else 0)
    if code in (32, 160):
        return SPACE | _BLANK
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


WHITE_SPACE = bytes(code for code in range(256) if kinds(code) & SPACE)
"""What isspace() takes."""
