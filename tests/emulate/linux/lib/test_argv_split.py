"""Tests of modtools/emulate/linux/lib/argv_split.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import argv_split

pytest.importorskip("unicorn")


def test_words_are_split(guest: Guest) -> None:
    """argv_split() gives each word by itself, with NULL at the end, and argv_free() takes all of it back."""
    count = guest.heap.kmalloc(4)
    table = argv_split.argv_split(guest, 0, guest.new_text(b" one two\t three "), count)
    found = [guest.text(guest.memory.u64(table + 8 * at)) for at in range(guest.memory.s32(count))]
    assert (found, guest.memory.u64(table + 24)) == (["one", "two", "three"], 0)
    argv_split.argv_free(guest, table)
    assert guest.heap.size(table - 8) == 0
