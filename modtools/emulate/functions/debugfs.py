"""Files in debugfs.

From Linux 6.1: `fs/debugfs/inode.c`, `fs/debugfs/file.c`. The table `debugfs` has the dentries:
address -> [parent, name];
0 is the root. What a file does is not kept: nobody can read debugfs here.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST, ENOENT

_ERRORS = (1 << 64) - 4095


def create(guest: Guest, parent: int, name: int, what: str) -> int:
    """A dentry, or an error as a negative number."""
    if parent >= _ERRORS:
        return parent
    text = guest.text(name)
    table = guest.table("debugfs")
    if any(row == [parent, text] for row in table.values()):
        above = table[parent][1] if parent else "/"
        guest.printk(ERR, f"debugfs: {what} '{text}' with parent '{above}' already present!")
        return -EEXIST
    dentry = new(guest, "dentry")
    inode = new(guest, "inode")
    dentry.d_inode = inode.address()
    table[dentry.address()] = [parent, text]
    return dentry.address()


@function("struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)")
def debugfs_create_dir(guest: Guest, name: int, parent: int) -> int:
    """A folder."""
    return create(guest, parent, name, "Directory")


@function(
    "struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
    "struct dentry *debugfs_create_file_unsafe(const char *name, umode_t mode, struct dentry *parent,"
    " void *data, const struct file_operations *fops)",
)
def debugfs_create_file(guest: Guest, name: int, _mode: int, parent: int, _data: int, _fops: int) -> int:
    """A file."""
    return create(guest, parent, name, "File")


@function(
    "void debugfs_create_u8(const char *name, umode_t mode, struct dentry *parent, u8 *value)",
    "void debugfs_create_u16(const char *name, umode_t mode, struct dentry *parent, u16 *value)",
    "void debugfs_create_u32(const char *name, umode_t mode, struct dentry *parent, u32 *value)",
    "void debugfs_create_u64(const char *name, umode_t mode, struct dentry *parent, u64 *value)",
    "void debugfs_create_x8(const char *name, umode_t mode, struct dentry *parent, u8 *value)",
    "void debugfs_create_x16(const char *name, umode_t mode, struct dentry *parent, u16 *value)",
    "void debugfs_create_x32(const char *name, umode_t mode, struct dentry *parent, u32 *value)",
    "void debugfs_create_x64(const char *name, umode_t mode, struct dentry *parent, u64 *value)",
    "void debugfs_create_size_t(const char *name, umode_t mode, struct dentry *parent, size_t *value)",
    "void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value)",
    "void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)",
    "void debugfs_create_ulong(const char *name, umode_t mode, struct dentry *parent, unsigned long *value)",
    "void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, char **value)",
)
def debugfs_create_number(guest: Guest, name: int, _mode: int, parent: int, _value: int) -> None:
    """A file with a value."""
    create(guest, parent, name, "File")


@function(
    "struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,"
    " struct debugfs_blob_wrapper *blob)"
)
def debugfs_create_blob(guest: Guest, name: int, _mode: int, parent: int, _blob: int) -> int:
    """A file of bytes."""
    return create(guest, parent, name, "File")


@function("struct dentry *debugfs_create_symlink(const char *name, struct dentry *parent, const char *target)")
def debugfs_create_symlink(guest: Guest, name: int, parent: int, _target: int) -> int:
    """A link."""
    return create(guest, parent, name, "File")


def _remove(guest: Guest, dentry: int) -> None:
    table = guest.table("debugfs")
    for child in [child for child, (parent, _) in table.items() if parent == dentry]:
        _remove(guest, child)
    if table.pop(dentry, None):
        guest.heap.free(dentry)


@function("void debugfs_remove(struct dentry *dentry)")
def debugfs_remove(guest: Guest, dentry: int) -> None:
    """With all that is in it."""
    if dentry and dentry < _ERRORS:
        if dentry not in guest.table("debugfs"):
            raise Needs("debugfs_remove of something else")
        _remove(guest, dentry)


@function("struct dentry *debugfs_lookup(const char *name, struct dentry *parent)")
def debugfs_lookup(guest: Guest, name: int, parent: int) -> int:
    """By name; 0 for none."""
    wanted = [parent, guest.text(name)]
    return next((dentry for dentry, row in guest.table("debugfs").items() if row == wanted), 0)


@function("void debugfs_lookup_and_remove(const char *name, struct dentry *parent)")
def debugfs_lookup_and_remove(guest: Guest, name: int, parent: int) -> None:
    """Both."""
    debugfs_remove(guest, debugfs_lookup(guest, name, parent))


@function("bool debugfs_initialized(void)")
def debugfs_initialized(_guest: Guest) -> bool:
    """Yes."""
    return True


@function("int debugfs_file_get(struct dentry *dentry)")
def debugfs_file_get(_guest: Guest, _dentry: int) -> int:
    """Only an open file asks."""
    return -ENOENT
