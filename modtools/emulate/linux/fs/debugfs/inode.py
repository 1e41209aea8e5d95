"""fs/debugfs/inode.c: Files, folders and links that modules make in debugfs."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import dcache
from modtools.emulate.objects.debugfs import create, lookup
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.integers import ERROR_POINTERS


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


@function(
    "struct dentry *debugfs_create_file_full(const char *name, umode_t mode, struct dentry *parent, void *data,"
    " const void *aux, const struct file_operations *fops)"
)
def debugfs_create_file_full(guest: Guest, name: int, mode: int, parent: int, data: int, aux: int, ops: int) -> int:
    """Create a file as `debugfs_create_file()`. Something more for its functions, `aux`, stops the run."""
    if aux:
        raise Needs("debugfs_create_file_full() with aux")
    return int(debugfs_create_file(guest, name, mode, parent, data, ops))


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
    """Remove a file, or a folder with all that is in it; NULL and error pointers are ignored."""
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
