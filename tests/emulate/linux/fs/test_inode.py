"""Tests of modtools/emulate/linux/fs/inode.py and libfs.py: the times of inodes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import inode, libfs
from modtools.emulate.objects import dcache
from modtools.emulate.symbols.structs import new


def test_the_times_of_an_inode(guest: Guest) -> None:
    """All of a new one are now; a change later is only in one of them."""
    row, guest.frame = new(guest, "inode"), guest.abi.blank()
    libfs.simple_inode_init_ts(guest, row.address())
    made = row.i_ctime.tv_sec
    assert (row.i_atime.tv_sec, row.i_mtime.tv_sec) == (made, made) == (dcache.time(guest)[0],) * 2
    guest.pass_time(5_000_000_000)
    inode.inode_set_ctime_current(guest, row.address())
    assert (row.i_ctime.tv_sec, row.i_mtime.tv_sec) == (made + 5, made)
