"""lib/ctype.c: Kinds of characters."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable

UPPER, _LOWER, _DIGIT, _CONTROL, _PUNCTUATION, SPACE, _HEX, _BLANK = (1 << bit for bit in range(8))


def kind(code: int) -> int:
    """Return the flags of one byte, in Latin-1 above 127."""
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


@variable("_ctype", 256)
def ctype(guest: Guest, address: int) -> None:
    """Store a byte of flags for each byte."""
    guest.memory.write(address, bytes(kind(code) for code in range(256)))
