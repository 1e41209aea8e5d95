"""Escaping bytes, so that they can be read.

From Linux 6.1: `lib/string_helpers.c: string_escape_mem()`, `include/linux/string_helpers.h`.
"""

from __future__ import annotations

from modtools.emulate.printf.characters import PRINTABLE, kinds

SPACE, SPECIAL, NULL, OCTAL, NP, HEX, NA, NAP, APPEND = (1 << bit for bit in range(9))
ANY = SPACE | SPECIAL | NULL | OCTAL
"""ESCAPE_*: which bytes are escaped (NP: only unprintable, NA: only beyond ASCII, NAP: only those of either)."""
_NAMED = (
    (SPACE, dict(zip(b"\n\r\t\v\f", b"nrtvf", strict=True))),
    (SPECIAL, dict(zip(b'\\\a\x1b"', b'\\ae"', strict=True))),
    (NULL, {0: ord("0")}),
)


def _plain(code: int, flags: int, only: bytes) -> bool:
    """Return whether a byte stays as it is before any class is looked at."""
    chosen = bool(only) and (code in only or not code)
    append = bool(flags & APPEND)
    if only and not append and not chosen:
        return True
    if append and chosen:
        return False
    ascii, printable = code < 128, bool(kinds(code) & PRINTABLE)
    return bool((flags & NAP and ascii and printable) or (flags & NP and printable) or (flags & NA and ascii))


def escape(raw: bytes, flags: int, only: bytes = b"") -> bytes:
    """Return bytes with the chosen ones escaped (`string_escape_mem()`)."""
    out = bytearray()
    for code in raw:
        named = next((names[code] for flag, names in _NAMED if flags & flag and code in names), None)
        if _plain(code, flags, only):
            out.append(code)
        elif named is not None:
            out += bytes((92, named))
        elif flags & OCTAL:
            out += b"\\%03o" % code
        elif flags & HEX:
            out += b"\\x%02x" % code
        else:
            out.append(code)
    return bytes(out)
