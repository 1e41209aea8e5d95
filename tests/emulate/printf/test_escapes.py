"""Tests of modtools/emulate/printf/escapes.py."""

from __future__ import annotations

import pytest

from modtools.emulate.printf import escapes

pytest.importorskip("unicorn")


def test_escapes_by_their_classes() -> None:
    """What the classes do to bytes, and what `only` does with and without ESCAPE_APPEND."""
    any_class = escapes.SPACE | escapes.SPECIAL | escapes.NULL | escapes.OCTAL
    assert escapes.escape(b"a\n", any_class, b"") == rb"\141\n"
    assert escapes.escape(b"a\n\x01\0", any_class | escapes.NP, b"") == rb"a\n\001\0"
    assert escapes.escape(b'a"b', escapes.HEX, b'"') == rb"a\x22b"
    assert escapes.escape(b"a\xe4b", escapes.HEX | escapes.NA, b"") == rb"a\xe4b"
    append = escapes.HEX | escapes.NP | escapes.APPEND
    assert escapes.escape(b"a b\n", append, b" ") == rb"a\x20b\x0a"
