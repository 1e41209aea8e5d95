"""Tests of modtools/emulate/printf/characters.py."""

from __future__ import annotations

import string

from modtools.emulate.printf.characters import PRINTABLE, UPPER, WHITE_SPACE, kinds

LOWER, DIGIT, CONTROL, PUNCTUATION, SPACE, HEX, BLANK = 2, 4, 8, 16, 32, 64, 128
"""`include/linux/ctype.h`: _L, _D, _C, _P, _S, _X and _SP; _U is 1."""
CLASSES = {
    UPPER: string.ascii_uppercase + "".join(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xDF)))),
    LOWER: string.ascii_lowercase + "".join(map(chr, (*range(0xDF, 0xF7), *range(0xF8, 0x100)))),
    DIGIT: string.digits,
    CONTROL: "".join(map(chr, (*range(32), 127))),
    PUNCTUATION: string.punctuation + "×÷" + "".join(map(chr, range(0xA1, 0xC0))),
    SPACE: string.whitespace + "\xa0",
    HEX: "abcdefABCDEF",
    BLANK: " \xa0",
}


def test_the_kinds_of_all_bytes() -> None:
    """As Python names those of ASCII, but that a digit has no bit for hexadecimal; above as in Latin-1."""
    assert UPPER == 1
    for code in range(256):
        assert kinds(code) == sum(kind for kind, letters in CLASSES.items() if chr(code) in letters), chr(code)
    assert bytes(sorted(map(ord, CLASSES[SPACE]))) == WHITE_SPACE
    assert PRINTABLE == 1 | LOWER | DIGIT | PUNCTUATION | BLANK
