"""Files, folders and links that modules make in debugfs.

From Linux 6.1: `fs/debugfs/inode.c`, `fs/debugfs/file.c`. The table `debugfs` has the dentries: address -> parent (0 is
the root), name, mode, kind ("dir", "file" with the functions in `ops`, "link", or a kind of variable), data, target.
"""

from __future__ import annotations

import stat
from collections.abc import Callable

from modtools.emulate import dcache, kobjects
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new
from modtools.integers import ERROR_POINTERS
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST, EIO


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
    """`fs/debugfs/inode.c`: Create a folder; return its dentry, or an error pointer."""
    return create(guest, parent, name, "dir")


@function(
    "struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
    "struct dentry *debugfs_create_file_unsafe(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
)
def debugfs_create_file(guest: Guest, name: int, mode: int, parent: int, data: int, ops: int) -> int:
    """`fs/debugfs/inode.c`: Create a file with the module's file operations; return its dentry, or an error pointer."""
    return create(guest, parent, name, "file", mode, data, ops)


def _variable(kind: str) -> Callable[[Guest, int, int, int, int], int]:
    def make(guest: Guest, name: int, mode: int, parent: int, value: int) -> int:
        return create(guest, parent, name, kind, mode, value)

    return make


# `fs/debugfs/file.c`
function("void debugfs_create_u8(const char *name, umode_t mode, struct dentry *parent, void *value)")(_variable("u8"))
function("void debugfs_create_u16(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("u16")
)
function("void debugfs_create_u32(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("u32")
)
function("void debugfs_create_u64(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("u64")
)
function("void debugfs_create_x8(const char *name, umode_t mode, struct dentry *parent, void *value)")(_variable("x8"))
function("void debugfs_create_x16(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("x16")
)
function("void debugfs_create_x32(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("x32")
)
function("void debugfs_create_x64(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("x64")
)
function("void debugfs_create_size_t(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("size_t")
)
function("void debugfs_create_ulong(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("ulong")
)
function("void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("atomic_t")
)
function("void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("bool")
)
function("void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("str")
)
function("void debugfs_create_u32_array(const char *name, umode_t mode, struct dentry *parent, void *value)")(
    _variable("u32_array")
)


@function(
    "struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,"
    " struct debugfs_blob_wrapper *blob)"
)
def debugfs_create_blob(guest: Guest, name: int, mode: int, parent: int, blob: int) -> int:
    """`fs/debugfs/file.c`: Create a read-only file of a block of memory; return its dentry, or an error pointer."""
    return create(guest, parent, name, "blob", mode & 0o444, blob)


@function("struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *target)")
def debugfs_create_symlink(guest: Guest, name: int, parent: int, target: int) -> int:
    """`fs/debugfs/inode.c`: Create a symbolic link; return its dentry, or an error pointer."""
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
    """`fs/debugfs/inode.c`: Remove a file, or a folder with all that is in it; NULL and error
    pointers are nothing to do.
    """
    if dentry and dentry < ERROR_POINTERS:
        if dentry not in guest.table("debugfs"):
            raise Needs("debugfs_remove of something else")
        _remove(guest, dentry)


@function("struct dentry *debugfs_lookup(const char *name, struct dentry *parent)")
def debugfs_lookup(guest: Guest, name: int, parent: int) -> int:
    """`fs/debugfs/inode.c`: Return the dentry of this name in a folder, with a reference taken; NULL for none."""
    found = lookup(guest, parent, guest.text(name))
    if found:
        dcache.dentry(guest, found).d_lockref.count += 1
    return found


@function("void debugfs_lookup_and_remove(const char *name, struct dentry *parent)")
def debugfs_lookup_and_remove(guest: Guest, name: int, parent: int) -> None:
    """`fs/debugfs/inode.c`: Remove the file or folder of this name, if there is one."""
    debugfs_remove(guest, lookup(guest, parent, guest.text(name)))


@function("bool debugfs_initialized(void)")
def debugfs_initialized(_guest: Guest) -> bool:
    """`fs/debugfs/inode.c`: Return true: debugfs is there from the beginning."""
    return True


@function("int debugfs_file_get(struct dentry *dentry)")
def debugfs_file_get(guest: Guest, dentry: int) -> int:
    """`fs/debugfs/file.c`: Begin to use a file, which must not be removed meanwhile; return 0,
    or -EIO if it is removed.
    """
    return 0 if dentry in guest.table("debugfs") else -EIO


@function("void debugfs_file_put(struct dentry *dentry)")
def debugfs_file_put(_guest: Guest, _dentry: int) -> None:
    """`fs/debugfs/file.c`: End the use of a file; nothing waits for that."""
