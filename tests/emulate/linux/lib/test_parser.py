"""Tests of modtools/emulate/linux/lib/parser.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import parser
from tests.emulated import words

pytest.importorskip("unicorn")


def test_options_are_found_by_their_patterns(guest: Guest) -> None:
    """The first pattern that fits as a whole, a text of one letter at least; its arguments are places in it."""
    patterns = [(1, b"size=%u"), (2, b"mode=%o"), (3, b"name=%s"), (4, b"100%%")]
    table = words(guest, *(part for number, text in patterns for part in (number, guest.new_text(text))), 9, 0)
    arguments = guest.heap.kmalloc(48)

    def match(option: bytes) -> tuple[int, bytes]:
        guest.memory.write(arguments, bytes(48))
        number = parser.match_token(guest, guest.new_text(option), table, arguments)
        start, end = guest.memory.u64(arguments), guest.memory.u64(arguments + 8)
        return number, guest.memory.read(start, end - start) if start else b""

    options = (b"size=0x20", b"size=-1", b"mode=755", b"mode=8", b"name=", b"name=a,b", b"100%", b"size=1 ")
    expected = [(1, b"0x20"), (9, b""), (2, b"755"), (9, b""), (9, b""), (3, b"a,b"), (4, b""), (9, b"")]
    assert [match(option) for option in options] == expected
