"""fs/debugfs/file.c: Files in debugfs that show a variable."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.libfs import simple_attr_read, simple_attr_write
from modtools.emulate.objects import debugfs
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EIO


def _variable(kind: str) -> Callable[[Guest, int, int, int, int], int]:
    def make(guest: Guest, name: int, mode: int, parent: int, value: int) -> int:
        return debugfs.create(guest, parent, name, kind, mode, value)

    return make


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
    """Create a read-only file of a block of memory; return its dentry, or an error pointer."""
    return debugfs.create(guest, parent, name, "blob", mode & 0o444, blob)


@function("int debugfs_file_get(struct dentry *dentry)")
def debugfs_file_get(guest: Guest, dentry: int) -> int:
    """Begin to use a file, which must not be removed meanwhile; return 0, or -EIO if it is removed."""
    return 0 if dentry in guest.table("debugfs") else -EIO


@function("void debugfs_file_put(struct dentry *dentry)")
def debugfs_file_put(_guest: Guest, _dentry: int) -> None:
    """End the use of a file; nothing waits for that."""


function("ssize_t debugfs_attr_read(struct file *file, char *buf, size_t len, loff_t *ppos)")(simple_attr_read)
function("ssize_t debugfs_attr_write(struct file *file, const char *buf, size_t len, loff_t *ppos)")(simple_attr_write)
