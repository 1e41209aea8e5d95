"""Tests of modtools/emulate/linux/fs/proc/generic.py."""

from __future__ import annotations

import stat

import pytest

from modtools.emulate.files import entries, fileops
from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.proc import generic
from modtools.emulate.objects import procfs
from modtools.emulate.printf import pointers
from modtools.emulate.printf.conversion import Spec
from modtools.errors import KernelError
from modtools.kernel.files import module_files, nodes

pytest.importorskip("unicorn")


def test_an_open_file_knows_its_data_its_name_and_its_kind(guest: Guest) -> None:
    """pde_data() is inline: it reads the inode. %pD follows the dentries, up to the root."""
    folder = procfs.create(guest, "lesson", 0o555, 0, "dir")
    entry = procfs.create(guest, "mine", 0o640, folder, "file", guest.heap.kmalloc(96), 0x1234)
    generic.proc_set_size(guest, entry, 77)
    generic.proc_set_user(guest, entry, 5, 6)
    opened = fileops.OpenFile(guest)
    assert opened.open(("proc", entry, 0)) == 0
    assert (opened.inode.i_private, opened.inode.i_mode) == (0x1234, stat.S_IFREG | 0o640)
    assert pointers.dentry(guest, opened.file.address(), "D", Spec()) == b"mine"
    assert pointers.dentry(guest, opened.file.address(), "D4", Spec()) == b"/lesson/mine"
    opened.close()
    shown = entries.entries(guest, "/proc/lesson")["mine"]
    assert (shown.size, shown.user, shown.group) == (77, 5, 6)


def test_root_may_open_what_nobody_may_write(guest: Guest) -> None:
    """/proc leaves it to root's capabilities, and only the write fails; sysfs looks at the mode itself."""
    procfs.create(guest, "mine", 0o444, 0, "file", guest.heap.kmalloc(96), 0)
    node = module_files.makers(guest.kernel, "/proc")["mine"]()
    nodes.check(node, 0, nodes.WRITE)
    with pytest.raises(KernelError):
        nodes.check(node, 1000, nodes.WRITE)
