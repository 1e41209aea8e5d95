"""Tests of modtools/emulate/linux/fs/inode.py and libfs.py: the times of inodes."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import inode, libfs
from modtools.emulate.objects import dcache
from modtools.emulate.symbols.structs import View, has, new
from tests.emulated import both_kernels


def seconds(guest: Guest, row: View, field: str) -> int:
    """The seconds of a time, as this kernel has them."""
    apart = has(guest, "inode", f"{field}_sec")
    return int(getattr(row, f"{field}_sec") if apart else getattr(row, field).tv_sec)


@both_kernels
def test_the_times_of_an_inode(guest: Guest) -> None:
    """All of a new one are now; a change later is only in one of them."""
    row, guest.frame = new(guest, "inode"), guest.abi.blank()
    libfs.simple_inode_init_ts(guest, row.address())
    made, fields = dcache.time(guest)[0], ("i_atime", "i_ctime", "i_mtime")
    assert [seconds(guest, row, field) for field in fields] == [made] * 3
    guest.pass_time(5_000_000_000)
    inode.inode_set_ctime_current(guest, row.address())
    assert [seconds(guest, row, field) for field in fields] == [made, made + 5, made]


@both_kernels
def test_children_of_a_dentry(guest: Guest) -> None:
    """The newest comes first, however they hang together; one that is put away is among them no longer."""
    superblock = new(guest, "super_block").address()
    top = dcache.allocate(guest, superblock, 0, b"/")
    one, other, third = (dcache.allocate(guest, superblock, top, name) for name in (b"one", b"other", b"x" * 50))
    assert dcache.children(guest, top) == [third, other, one]
    dcache.put(guest, other)
    assert dcache.children(guest, top) == [third, one]
    assert guest.memory.text(dcache.dentry(guest, third).d_name.name) == b"x" * 50
