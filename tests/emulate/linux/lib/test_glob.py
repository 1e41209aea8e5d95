"""Tests of modtools/emulate/linux/lib/glob.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.linux.lib import glob
from tests.properties import examples

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        (b"*.c", b"x.c", True),
        (b"?", b"ab", False),
        (b"[!a-c]x", b"dx", True),
        (b"[!a-c]x", b"bx", False),
        (b"[]-a]", b"^", True),
        (b"[a-]", b"-", True),
        (b"a[b", b"a[b", True),
        (rb"\*", b"*", True),
        (rb"\*", b"x", False),
        (rb"\*a", b"*a", True),
        (rb"\*a", b"*", False),
        (b"*ab*b", b"xabbab", True),
        (b"*ab*ab", b"xab", False),
        (b"", b"", True),
    ],
)
def test_globs(pattern: bytes, text: bytes, fits: bool) -> None:
    """Patterns as the comments of lib/glob.c tell them."""
    assert glob.matches(pattern, text) is fits


@pytest.mark.parametrize("piece", [b"*a", b"*?", b"**", b"*[ab]"])
def test_many_asterisks_take_no_time(piece: bytes) -> None:
    """Not every way to part a text is tried, for the texts come from modules' code."""
    assert not glob.matches(piece * 40 + b"b", b"a" * 2000)


PIECES = st.lists(
    st.sampled_from([b"a", b"b", b"-", b"]", b"*", b"?", b"[", b"!", b"\\", b"[a-c]", b"[!b]", b"[]a]", b"^"]),
    max_size=7,
)
TEXTS = st.lists(st.sampled_from([b"a", b"b", b"c", b"-", b"]", b"[", b"*", b"!", b"\\", b"^"]), max_size=6)


def fits(pattern: bytes, text: bytes) -> bool:
    """What the comments of lib/glob.c say, letter by letter, trying every way."""
    if not pattern:
        return not text
    letter, rest = pattern[:1], pattern[1:]
    if letter == b"*":
        return any(fits(rest, text[at:]) for at in range(len(text) + 1))
    if letter == b"[" and (end := rest.find(b"]", 2 if rest[:1] == b"!" else 1)) > 0:
        inside, rest = rest[:end], rest[end + 1 :]
        wanted = inside[:1] != b"!"
        return bool(text) and _in_class(inside.removeprefix(b"!"), text[0]) is wanted and fits(rest, text[1:])
    if letter == b"\\":
        letter, rest = rest[:1], rest[1:]
        return (not letter and not text) or (bool(letter) and text[:1] == letter and fits(rest, text[1:]))
    return bool(text) and letter in (b"?", text[:1]) and fits(rest, text[1:])


def _in_class(inside: bytes, letter: int) -> bool:
    """Whether a class has a letter, alone or in a range."""
    if inside[1:2] == b"-" and len(inside) > 2:
        return inside[0] <= letter <= inside[2] or (len(inside) > 3 and _in_class(inside[3:], letter))
    return inside[0] == letter or (len(inside) > 1 and _in_class(inside[1:], letter))


@given(PIECES, TEXTS)
@examples(800)
def test_globs_beside_a_slow_one(pieces: list[bytes], letters: list[bytes]) -> None:
    """Every pattern of a few pieces with every text of a few letters."""
    pattern, text = b"".join(pieces), b"".join(letters)
    assert glob.matches(pattern, text) is fits(pattern, text)
