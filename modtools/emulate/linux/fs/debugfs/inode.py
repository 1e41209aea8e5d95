"""fs/debugfs/inode.c: Files, folders and links that modules make in debugfs."""

from __future__ import annotations

import stat

from modtools.emulate.guest import Guest
from modtools.emulate.objects import dcache, kobjects
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new
from modtools.integers import ERROR_POINTERS
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST


def create(
    guest: Guest, parent: int, name: int, kind: str, mode: int = 0o755, data: int = 0, ops: int = 0, target: str = ""
) -> int:
    """Make a dentry and return its address; -EEXIST for a name that is there, or the error that `parent` is."""
    what = "Directory" if kind == "dir" else "File"
    if parent >= ERROR_POINTERS:
        return parent
    text = guest.text(name)
    table = guest.table("debugfs")
    kobjects.root(guest, "kernel_kobj")
    if lookup(guest, parent, text):
        folder = table[parent]["name"] if parent else "/"
        guest.printk(ERR, f"debugfs: {what} '{text}' with parent '{folder}' already present!")
        return -EEXIST
    above = parent or dcache.named(guest, b"/", 0)  # the root has not more than a name, and nobody frees it
    dentry = dcache.dentry(guest, dcache.named(guest, text.encode("utf-8", "surrogateescape"), above))
    inode = new(guest, "inode")
    dentry.d_inode = inode.address()
    inode.i_mode, inode.i_private = mode | (stat.S_IFDIR if kind == "dir" else stat.S_IFREG), data
    row = {"parent": parent, "name": text, "kind": kind, "mode": mode & 0o7777}
    table[dentry.address()] = row | {"data": data, "ops": ops, "target": target}
    return dentry.address()


def lookup(guest: Guest, parent: int, name: str) -> int:
    """Return the dentry of this name in a folder, 0 if there is none."""
    rows = guest.table("debugfs").items()
    return next((at for at, row in rows if row["parent"] == parent and row["name"] == name), 0)


@function("struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)")
def debugfs_create_dir(guest: Guest, name: int, parent: int) -> int:
    """Create a folder; return its dentry, or an error pointer."""
    return create(guest, parent, name, "dir")


@function(
    "struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
    "struct dentry *debugfs_create_file_unsafe(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
)
def debugfs_create_file(guest: Guest, name: int, mode: int, parent: int, data: int, ops: int) -> int:
    """Create a file with the module's file operations; return its dentry, or an error pointer."""
    return create(guest, parent, name, "file", mode, data, ops)


@function("struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *target)")
def debugfs_create_symlink(guest: Guest, name: int, parent: int, target: int) -> int:
    """Create a symbolic link; return its dentry, or an error pointer."""
    return create(guest, parent, name, "link", 0o777, target=guest.text(target))


def _remove(guest: Guest, dentry: int) -> None:
    table = guest.table("debugfs")
    for child in [child for child, row in table.items() if row["parent"] == dentry]:
        _remove(guest, child)
    if table.pop(dentry, None):
        row = dcache.dentry(guest, dentry)
        guest.heap.free(row.d_inode)
        # Who has looked it up holds it for as long as he likes.
        row.d_inode, row.d_parent = 0, dentry
        dcache.put(guest, dentry)


@function("void debugfs_remove(struct dentry *dentry)")
def debugfs_remove(guest: Guest, dentry: int) -> None:
    """Remove a file, or a folder with all that is in it; NULL and error pointers are nothing to do."""
    if dentry and dentry < ERROR_POINTERS:
        if dentry not in guest.table("debugfs"):
            raise Needs("debugfs_remove of something else")
        _remove(guest, dentry)


@function("struct dentry *debugfs_lookup(const char *name, struct dentry *parent)")
def debugfs_lookup(guest: Guest, name: int, parent: int) -> int:
    """Return the dentry of this name in a folder, with a reference taken; NULL for none."""
    found = lookup(guest, parent, guest.text(name))
    if found:
        dcache.dentry(guest, found).d_lockref.count += 1
    return found


@function("void debugfs_lookup_and_remove(const char *name, struct dentry *parent)")
def debugfs_lookup_and_remove(guest: Guest, name: int, parent: int) -> None:
    """Remove the file or folder of this name, if there is one."""
    debugfs_remove(guest, lookup(guest, parent, guest.text(name)))


@function("bool debugfs_initialized(void)")
def debugfs_initialized(_guest: Guest) -> bool:
    """Return true: debugfs is there from the beginning."""
    return True
