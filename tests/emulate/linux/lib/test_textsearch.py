"""Tests of modtools/emulate/linux/lib/textsearch.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import textsearch
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EEXIST, ENOENT

pytest.importorskip("unicorn")


def test_search_algorithms_are_known_by_name(guest: Guest) -> None:
    """A name is given once, and only what was registered is found."""
    row = new(guest, "ts_ops")
    row.name = guest.new_text(b"mine")
    assert textsearch.textsearch_register(guest, row.address()) == 0
    assert textsearch.textsearch_register(guest, row.address()) == -EEXIST
    assert textsearch.textsearch_prepare(guest, guest.new_text(b"kmp"), row.name, 4, 0, 1) == -ENOENT
    assert textsearch.textsearch_unregister(guest, row.address()) == 0
    assert textsearch.textsearch_unregister(guest, row.address()) == -ENOENT
