"""Tests of modtools/emulate/linux/fs/fcntl.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import fcntl
from modtools.emulate.symbols.structs import new

pytest.importorskip("unicorn")

FASYNC = 0o20000


def test_a_file_is_entered_once(guest: Guest) -> None:
    """Entering and leaving tell whether the list has changed, and set the file's flag; nobody owns its signals here."""
    place, file = guest.heap.kmalloc(8), new(guest, "file")
    steps = ((0, 0), (1, 1), (1, 0), (0, 1), (0, 0))
    for wanted, changed in steps:
        assert fcntl.fasync_helper(guest, 3, file.address(), wanted, place) == changed
        assert bool(file.f_flags & FASYNC) == bool(wanted)
        fcntl.kill_fasync(guest, place, 29, 1)
    assert guest.memory.u64(place) == 0
