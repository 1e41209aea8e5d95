"""Tests of modtools/emulate/linux/fs/read_write.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import read_write
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EINVAL, ENXIO

pytest.importorskip("unicorn")


def test_places_in_a_file(guest: Guest) -> None:
    """They lie between its beginning and its end; what has no end has no place before it."""
    row = new(guest, "file")
    file = row.address()
    steps = [(5, 0), (3, 1), (-2, 2), (0, 1), (11, 0), (-1, 0), (0, 3)]
    moved = [read_write.fixed_size_llseek(guest, file, offset, whence, 10) for offset, whence in steps]
    assert (moved, row.f_pos) == ([5, 8, 8, 8, -EINVAL, -EINVAL, -EINVAL], 8)
    assert read_write.no_seek_end_llseek(guest, file, 1 << 40, 0) == 1 << 40
    assert read_write.no_seek_end_llseek(guest, file, 0, 2) == -EINVAL
    holes = [read_write.generic_file_llseek_size(guest, file, offset, 4, 100, 10) for offset in (3, 10)]
    assert holes == [10, -ENXIO]
