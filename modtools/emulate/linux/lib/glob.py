"""lib/glob.c: Patterns with * and ?."""

from __future__ import annotations

import re

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool glob_match(const char *pat, const char *str)")
def glob_match(guest: Guest, pattern: int, text: int) -> bool:
    """Return whether a whole text matches a pattern of `*`, `?`, `[a-z]`, `[!a-z]` and backslashes."""
    return matches(guest.memory.text(pattern), guest.memory.text(text))


def matches(pattern: bytes, text: bytes) -> bool:
    """Return whether a whole text matches a pattern of glob_match()."""
    parts, at = [b""], 0
    while at < len(pattern):
        letter = pattern[at : at + 1]
        at += 1
        if letter == b"*":
            parts.append(b"")
        elif letter == b"?":
            parts[-1] += b"."
        elif letter == b"[" and (end := _class_end(pattern, at)):
            parts[-1] += _class(pattern[at:end])
            at = end + 1
        elif letter == b"\\":
            parts[-1] += re.escape(pattern[at : at + 1])
            at += 1
        else:
            parts[-1] += re.escape(letter)
    return re.fullmatch(_joined(parts), text, re.DOTALL) is not None


def _joined(parts: list[bytes]) -> bytes:
    """Return as one regular expression what has asterisks between its parts: each part where it is found first, so that
    no other way is tried, and the last one at the end.
    """
    first, *others = parts
    if not others:
        return first
    *middle, last = others
    return first + b"".join(b"(?>.*?%s)" % part for part in middle) + b".*" + last


def _class_end(pattern: bytes, at: int) -> int:
    """Return where the `]` of a class is, which may not be its first letter; 0 for a bracket that is a plain letter."""
    at += pattern[at : at + 1] == b"!"
    return max(pattern.find(b"]", at + 1), 0)


def _class(inside: bytes) -> bytes:
    """Return a class of single letters and ranges as a regular expression."""
    inverted = inside[:1] == b"!"
    letters, at = set[int](), int(inverted)
    while at < len(inside):
        if inside[at + 1 : at + 2] == b"-" and at + 2 < len(inside):
            letters.update(range(inside[at], inside[at + 2] + 1))
            at += 3
        else:
            letters.add(inside[at])
            at += 1
    if not letters:
        return rb"(?s:.)" if inverted else rb"(?!)"
    return b"[" + b"^" * inverted + b"".join(b"\\x%02x" % letter for letter in sorted(letters)) + b"]"
