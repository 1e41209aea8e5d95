"""Dentries of debugfs, held by who has looked them up."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.debugfs import inode
from modtools.emulate.objects import dcache, debugfs

pytest.importorskip("unicorn")


@pytest.mark.parametrize("removed_first", [False, True])
def test_what_was_looked_up_is_put(guest: Guest, *, removed_first: bool) -> None:
    """A reference is taken and given back, before the file is removed or after; then the dentry is freed."""
    name = guest.new_text(b"two")
    folder = debugfs.create(guest, 0, name, "dir")
    found = inode.debugfs_lookup(guest, name, 0)
    assert (found, dcache.dentry(guest, found).d_lockref.count) == (folder, 2)
    for step in (inode.debugfs_remove, dcache.put)[:: 1 if removed_first else -1]:
        step(guest, folder)
    assert debugfs.lookup(guest, 0, "two") == 0
    assert not guest.heap.free(folder), "it is free already"
