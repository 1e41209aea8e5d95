"""Brackets of POSIX's regular expressions, `[a-c_]`, as glibc's regcomp(3) takes them in the C locale.

Sources: POSIX.1-2017, chapter 9.3.5, and glibc 2.41 (`posix/regcomp.c`), by trying it out. An example of each:

    [a-c_]  [^0-9]  []a]  [a-]      one character of these, of others; ] comes first, - first or last
    [[:digit:]]  [[.-.]]  [[=a=]]   a class, a character by its name, a character and what is like it (nothing)
    [\\d]                           a backslash or a d
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError

_LONGEST_NAME: Final = 31
"""Characters of a name in [: :]."""
_PRINTED: Final = frozenset(range(0x20, 0x7F))
_DIGITS: Final = frozenset(b"0123456789")
_LOWER: Final = frozenset(range(ord("a"), ord("z") + 1))
_UPPER: Final = frozenset(range(ord("A"), ord("Z") + 1))
_ALNUM: Final = _DIGITS | _LOWER | _UPPER

ALL: Final = frozenset(range(1, 256))
"""All that a character can be."""
CLASSES: Final = {
    b"alnum": _ALNUM,
    b"alpha": _LOWER | _UPPER,
    b"blank": frozenset(b" \t"),
    b"cntrl": frozenset((*range(1, 0x20), 0x7F)),
    b"digit": _DIGITS,
    b"graph": _PRINTED - {0x20},
    b"lower": _LOWER,
    b"print": _PRINTED,
    b"punct": _PRINTED - _ALNUM - {0x20},
    b"space": frozenset(b" \t\n\v\f\r"),
    b"upper": _UPPER,
    b"xdigit": _DIGITS | frozenset(b"abcdefABCDEF"),
}


def bracket(source: bytes, at: int) -> tuple[frozenset[int], int]:
    """The characters that a bracket is about, which begins before `at`; and where it ends. Raises FormatError."""
    reader = _Bracket(source, at)
    members = reader.members()
    return members, reader.at


class Scanner:
    """Goes through an expression; `at` is how far it is."""

    def __init__(self, source: bytes, at: int = 0) -> None:
        self.source = source
        self.at = at

    def takes(self, text: bytes) -> bool:
        """Go past a text, if it is here."""
        found = self.source.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def error(self, what: str) -> FormatError:
        """What is wrong here."""
        return FormatError(what, self.at)


class _Bracket(Scanner):
    """Reads what stands in brackets, after the first one."""

    def members(self) -> frozenset[int]:
        """The characters that it is about. Raises FormatError."""
        negated = self.takes(b"^")
        members: set[int] = set()
        first = True
        while first or not self.takes(b"]"):
            members |= self._part(first)
            first = False
        return ALL - members if negated else frozenset(members)

    def _has_range(self) -> bool:
        """Whether a hyphen is here that stands for a range, and not for itself."""
        return self.source.startswith(b"-", self.at) and not self.source.startswith(b"-]", self.at)

    def _part(self, first: bool) -> frozenset[int]:
        """A character, a class, or a range."""
        if not first and self._has_range():
            raise self.error("a hyphen where no range can be")
        start = self._element()
        if isinstance(start, frozenset):
            return start
        if not self._has_range():
            return frozenset([start])
        self.at += 1
        end = self._element()
        if isinstance(end, frozenset) or start > end:
            raise self.error("a range that ends before it begins")
        return frozenset(range(start, end + 1))

    def _element(self) -> int | frozenset[int]:
        """A character, or the characters of a class."""
        for kind in (b".", b"=", b":"):
            if self.takes(b"[" + kind):
                return self._named(kind)
        if self.at >= len(self.source):
            raise self.error("a bracket without its end")
        self.at += 1
        return self.source[self.at - 1]

    def _named(self, kind: bytes) -> int | frozenset[int]:
        end = self.source.find(kind + b"]", self.at)
        name = self.source[self.at : end]
        if end < 0 or len(name) > _LONGEST_NAME:
            raise self.error("a class without its end")
        self.at = end + 2
        if kind == b":":
            if name not in CLASSES:
                raise self.error("no class of characters")
            return CLASSES[name]
        if len(name) != 1:
            raise self.error("not one character")
        return name[0] if kind == b"." else frozenset(name)
