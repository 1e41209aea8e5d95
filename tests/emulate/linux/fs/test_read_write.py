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


def test_the_end_of_a_file_is_its_inodes(guest: Guest) -> None:
    """A driver's device has none of its own, so that the end is the beginning."""
    row, inode = new(guest, "file"), new(guest, "inode")
    row.f_inode, inode.i_size = inode.address(), 10
    steps = [(4, 0), (2, 1), (-3, 2), (-11, 2), (3, 3), (3, 4), (10, 3), (0, 5)]
    expected = [4, 6, 7, -EINVAL, 3, 10, -ENXIO, -EINVAL]
    for seek in (read_write.default_llseek, read_write.generic_file_llseek):
        assert [seek(guest, row.address(), offset, whence) for offset, whence in steps][:-1] == expected[:-1]
    assert read_write.default_llseek(guest, row.address(), *steps[-1]) == expected[-1]
