"""Shell patterns and the spelling of names, byte for byte as kmod compares them.

Sources: POSIX.1-2017 XCU 2.14 and fnmatch(3) of glibc in the C locale, without flags; kmod's `shared/util.c` for the
spelling. Python's own fnmatch has neither escapes, nor `[^...]`, nor `[[:class:]]`.

    oracle-class[0-9]x?      matches  oracle-class5xy
    pci:v00001234d*sv*sd*    matches  pci:v00001234d00005678sv00000000sd00000000
"""

from __future__ import annotations

from functools import lru_cache

from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from typing import Final

WILD: Final = frozenset("*?[")
"""The characters at which a pattern stops being plain text for kmod's index."""

_SLOW: Final = frozenset("?[\\")
"""What needs more than a look for the texts between asterisks. Of a tree's 26000 aliases hardly one has these."""
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


def is_plain(pattern: str) -> bool:
    """Return whether a pattern matches nothing but itself, letter by letter."""
    return pattern.isascii() and "*" not in pattern and _SLOW.isdisjoint(pattern)


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole text matches. Both are text with undecodable bytes as surrogates."""
    pattern, text = _bytewise(pattern), _bytewise(text)
    if _SLOW.isdisjoint(pattern):
        return _stars_match(pattern.split("*"), text)
    compiled = _compiled(pattern)
    return compiled is not None and compiled.fullmatch(text) is not None


def _stars_match(pieces: list[str], text: str) -> bool:
    """Return whether the text is these pieces in their order with anything in between."""
    if len(pieces) == 1:
        return pieces[0] == text
    first, *middle, last = pieces
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


def spelled(name: str) -> str:
    """Return the name with underscores for dashes, except within [...]. Raises FormatError for an unmatched bracket."""
    if "[" not in name and "]" not in name:
        return name.replace("-", "_")
    import re  # a bracket is seldom met

    if re.fullmatch(r"[^\[\]]*(?:\[[^\]]*\][^\[\]]*)*", name) is None:
        raise FormatError(f"unmatched bracket in '{name}'")
    return re.sub(r"\[[^\]]*\]|-", lambda part: "_" if part[0] == "-" else part[0], name)


def spelled_up_to_bracket(name: str) -> str:
    """Return a name as kmod leaves it at an unmatched bracket: underscores before it, dashes after it."""
    import re

    sound = re.match(r"[^\[\]]*(?:\[[^\]]*\][^\[\]]*)*", name)
    end = sound.end() if sound else 0
    return spelled(name[:end]) + name[end:]


def _bytewise(text: str) -> str:
    """One character for each byte, because the C locale counts bytes."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Return the pattern as a regular expression, or None if it can match nothing.

    What stands between two asterisks is found where it comes first, and nowhere else: no other place leaves more room
    for the rest, and to try them all takes time without end.
    """
    import re  # most patterns are compared without it

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
