"""Shell patterns with `?`, brackets and escapes as regular expressions, byte for byte as `pattern` compares them.

Sources: those of `pattern`.

    oracle-class[0-9]x?      oracle\\-class[\\x30\\x31...\\x39]x.
"""

from __future__ import annotations

import re
from functools import lru_cache

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_ASCII: Final = [chr(code) for code in range(128)]
_CLASSES: Final = {
    "alpha": str.isalpha,
    "digit": str.isdigit,
    "alnum": str.isalnum,
    "upper": str.isupper,
    "lower": str.islower,
    "space": lambda char: char in " \t\n\v\f\r",
    "blank": lambda char: char in " \t",
    "punct": lambda char: "!" <= char <= "~" and not char.isalnum(),
    "graph": lambda char: "!" <= char <= "~",
    "print": lambda char: " " <= char <= "~",
    "cntrl": lambda char: char < " " or char == "\x7f",
    "xdigit": lambda char: char in "0123456789abcdefABCDEF",
}


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """Return the pattern as a regular expression, or None if it can match nothing.

    What stands between two asterisks is found where it comes first, and nowhere else: no other place leaves more room
    for the rest, and to try them all takes time without end.
    """
    pieces: list[str] = [""]
    at = 0
    while at < len(pattern):
        char, at = pattern[at], at + 1
        if char == "[":
            expression, at = _bracket(pattern, at)
            if expression is None:
                return None
            pieces[-1] += expression
        elif char == "\\":
            if at == len(pattern):
                return None
            pieces[-1] += re.escape(pattern[at])
            at += 1
        elif char == "*":
            pieces.append("")
        else:
            pieces[-1] += "." if char == "?" else re.escape(char)
    first, *others = pieces
    between = "".join(f"(?>.*?{piece})" for piece in others[:-1])
    return re.compile(first + between + "".join(f".*{piece}" for piece in others[-1:]), re.DOTALL)


def _bracket(source: str, at: int) -> tuple[str | None, int]:
    """Return the regular expression for what follows a "[", and where that ends: a literal "[" if it is never closed,
    None if it is cut off within a range or an escape."""
    start, negated = at, source[at : at + 1] in ("!", "^")
    at += negated
    members: set[str] = set()
    unknown: set[str] | None = None
    first = True
    while first or source[at : at + 1] != "]":
        first = False
        if at >= len(source):
            return _literal(unknown is None or "[" in unknown), start
        if source.startswith("[.", at) and source.find(".]", at + 2) < 0:
            return None, at  # glibc gives up at a collating symbol that is not closed
        found = _character_class(source, at)
        if found is not None:
            # glibc gives up at a class that it does not know, unless what stands before it has matched.
            unknown = set(members) if not found and unknown is None else unknown
            members |= found
            at = source.index(f"{source[at + 1]}]", at + 2) + 2
            continue
        low, at = _member(source, at)
        if low is None:
            return None, at
        high: str | None = low
        if source[at : at + 1] == "-" and source[at + 1 : at + 2] != "]":
            high, at = _member(source, at + 1)
        if high is None:
            return _literal("[" in members or low == "["), start
        members.update(map(chr, range(ord(low), ord(high) + 1)))
    if unknown is not None:
        members, negated = set() if negated else unknown, False
    return _one_of(members, negated), at + 1


def _literal(holds: bool) -> str | None:
    """Return the expression for a "[" that stands for itself, if it does: glibc reads no further after a match."""
    return r"\[" if holds else None


def _character_class(source: str, at: int) -> set[str] | None:
    """Return the members of `[:name:]` at this place, if that is what stands there; an unknown name has none.

    So has a collating symbol `[.name.]` that is not of one character.
    """
    if source.startswith("[.", at):
        return None if source.find(".]", at + 2) == at + 3 else set()
    if not source.startswith("[:", at):
        return None
    end = source.find(":]", at)
    name = source[at + 2 : end]
    if end < 0 or not name.isalpha():
        return None
    return set(filter(_CLASSES.get(name, lambda _: False), _ASCII))


def _member(source: str, at: int) -> tuple[str | None, int]:
    """One character of a bracket: plain, escaped, `[.x.]` or `[=x=]`; None where the pattern ends instead."""
    char = source[at : at + 1]
    if char == "\\":
        return source[at + 1 : at + 2] or None, at + 2
    if char == "[" and source[at + 1 : at + 2] in (".", "=") and source[at + 3 : at + 5] == source[at + 1] + "]":
        return source[at + 2], at + 5
    return char or None, at + 1


def _one_of(members: set[str], negated: bool) -> str:
    """Return a regular expression for one of these characters, or for any other."""
    if not members:
        return "." if negated else "(?!)"
    return f"[{'^' if negated else ''}{''.join(f'{chr(92)}x{ord(member):02x}' for member in sorted(members))}]"
