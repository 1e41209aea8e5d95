"""Shell patterns and the spelling of names, byte for byte as kmod compares them.

Sources: POSIX.1-2017 XCU 2.14 and fnmatch(3) of glibc in the C locale, without flags; kmod's `shared/util.c` for the
spelling. Python's own fnmatch has neither escapes, nor `[^...]`, nor `[[:class:]]`.

    oracle-class[0-9]x?      matches  oracle-class5xy
    pci:v00001234d*sv*sd*    matches  pci:v00001234d00005678sv00000000sd00000000
"""

from __future__ import annotations

from modtools.errors import FormatError
from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

WILD: Final = frozenset("*?[")
"""The characters at which a pattern stops being plain text for kmod's index."""

_SLOW: Final = frozenset("?[\\")
"""What needs more than a look for the texts between asterisks. Of a tree's 26000 aliases hardly one has these."""


def is_plain(pattern: str) -> bool:
    """Return whether a pattern matches nothing but itself, letter by letter."""
    return pattern.isascii() and "*" not in pattern and _SLOW.isdisjoint(pattern)


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole text matches. Both are text with undecodable bytes as surrogates."""
    pattern, text = _bytewise(pattern), _bytewise(text)
    if _SLOW.isdisjoint(pattern):
        return _stars_match(pattern.split("*"), text)
    from modtools.formats.expression import compiled  # most patterns are compared without it

    expression = compiled(pattern)
    return expression is not None and expression.fullmatch(text) is not None


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
