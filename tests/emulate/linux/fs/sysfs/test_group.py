"""Tests of modtools/emulate/linux/fs/sysfs/group.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.sysfs import group
from modtools.emulate.objects import kobjects
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EEXIST, ENOENT


def made(guest: Guest, name: bytes, *files: bytes) -> int:
    """A group of files."""
    row, table = new(guest, "attribute_group"), guest.heap.kmalloc(8 * (len(files) + 1))
    for number, file in enumerate(files):
        attribute = new(guest, "attribute")
        attribute.name, attribute.mode = guest.new_text(file), 0o444
        guest.memory.put(table + 8 * number, attribute.address(), 8)
    row.name, row.attrs = guest.new_text(name), table
    return row.address()


def test_files_come_into_the_folder_of_another_group(guest: Guest) -> None:
    """All of them or, where a name is taken, none; the folder must be there, and stays."""
    folder = kobjects.root(guest, "kernel_kobj")
    assert group.sysfs_merge_group(guest, folder, made(guest, b"new", b"a")) == -ENOENT
    assert group.sysfs_create_group(guest, folder, made(guest, b"new", b"a")) == 0
    more = made(guest, b"new", b"b")
    assert group.sysfs_merge_group(guest, folder, more) == 0
    assert group.sysfs_merge_group(guest, folder, made(guest, b"new", b"c", b"b")) == -EEXIST
    names = {name for place, name in guest.table("sysfs") if place == folder}
    assert names == {"new", "new/a", "new/b"}
    group.sysfs_unmerge_group(guest, folder, more)
    assert (folder, "new/a") in guest.table("sysfs")
    assert (folder, "new/b") not in guest.table("sysfs")
