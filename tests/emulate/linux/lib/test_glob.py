"""Tests of modtools/emulate/linux/lib/glob.py."""

from __future__ import annotations

import pytest

from modtools.emulate.linux.lib import glob

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
