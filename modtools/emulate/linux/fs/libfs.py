"""fs/libfs.c: What file systems in memory have in common."""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.cpu.va_list import Arguments
from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.inode import drop_nlink
from modtools.emulate.linux.kernel.module.main import module_get, module_put
from modtools.emulate.linux.lib import usercopy
from modtools.emulate.linux.lib.usercopy import from_user, to_user
from modtools.emulate.objects import dcache
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, view
from modtools.errors import KernelError
from modtools.kernel.kstrtox import kstrtoint
from modtools.linuxerrno import EACCES, EFAULT, EINVAL, ENOTEMPTY

_KERNEL_MOUNT = 1 << 22


def _mount(guest: Guest, kind: int) -> int:
    """Mount a file system: return a new `struct vfsmount` (`vfs_kern_mount()`). One that cannot be mounted stops the
    run.
    """
    row = view(guest, "file_system_type", kind)
    context = new(guest, "fs_context")
    context.fs_type, context.sb_flags = kind, _KERNEL_MOUNT
    if not row.init_fs_context:
        raise Needs("mounting a file system without init_fs_context()")
    result = guest.call_signed(row.init_fs_context, context.address())
    operations = view(guest, "fs_context_operations", context.ops)
    result = result or guest.call_signed(operations.get_tree, context.address())
    if result:
        raise Needs("a file system that cannot be mounted")
    if operations.free:
        guest.call(operations.free, context.address())
    mount = new(guest, "vfsmount")
    mount.mnt_root, mount.mnt_sb = context.root, view(guest, "dentry", context.root).d_sb
    module_get(guest, row.owner)
    guest.heap.free(context.address())
    return mount.address()


def _unmount(guest: Guest, address: int) -> None:
    """Take apart a `struct vfsmount` and its superblock, as `mntput()` does with the last reference."""
    mount = view(guest, "vfsmount", address)
    superblock = view(guest, "super_block", mount.mnt_sb)
    kind = view(guest, "file_system_type", superblock.s_type)
    dcache.put(guest, mount.mnt_root)
    guest.call(kind.kill_sb, superblock.address())
    module_put(guest, kind.owner)
    guest.heap.free(superblock.address())
    guest.heap.free(address)


@function("int simple_pin_fs(struct file_system_type *type, struct vfsmount **mount, int *count)")
def simple_pin_fs(guest: Guest, kind: int, place: int, count: int) -> int:
    """Mount a file system unless it is mounted already, and count one user more; return 0."""
    if not guest.memory.u64(place):
        guest.memory.put(place, _mount(guest, kind), 8)
    guest.memory.put(count, guest.memory.u32(count) + 1, 4)
    return 0


@function("void simple_release_fs(struct vfsmount **mount, int *count)")
def simple_release_fs(guest: Guest, place: int, count: int) -> None:
    """Count one user less, and unmount the file system after the last one."""
    left = guest.memory.u32(count) - 1
    guest.memory.put(count, left, 4)
    mount = guest.memory.u64(place)
    if not left:
        guest.memory.put(place, 0, 8)
        _unmount(guest, mount)


@function("int simple_unlink(struct inode *dir, struct dentry *dentry)")
def simple_unlink(guest: Guest, folder: int, address: int) -> int:
    """Remove a name from its folder: update the times, drop the link and the reference of the name; return 0."""
    inode = dcache.dentry(guest, address).d_inode
    dcache.touch(guest, folder, inode)
    drop_nlink(guest, inode)
    dcache.put(guest, address)
    return 0


@function("int simple_rmdir(struct inode *dir, struct dentry *dentry)")
def simple_rmdir(guest: Guest, folder: int, address: int) -> int:
    """Remove an empty folder; return 0, or -ENOTEMPTY."""
    if any(dcache.dentry(guest, child).d_inode for child in dcache.children(guest, address)):
        return -ENOTEMPTY
    drop_nlink(guest, dcache.dentry(guest, address).d_inode)
    simple_unlink(guest, folder, address)
    drop_nlink(guest, folder)
    return 0


_MOST = 24


@function("int simple_attr_open(struct inode *inode, struct file *file, void *get, void *set, const char *fmt)")
def simple_attr_open(guest: Guest, inode: int, file: int, get: int, store: int, pattern: int) -> int:
    """Remember the file's functions, data and format in memory of its own; return 0."""
    row = new(guest, "simple_attr")
    row.get, row.set, row.data, row.fmt = get, store, view(guest, "inode", inode).i_private, pattern
    view(guest, "file", file).private_data = row.address()
    return 0


@function("int simple_attr_release(struct inode *inode, struct file *file)")
def simple_attr_release(guest: Guest, _inode: int, file: int) -> int:
    """Free what `simple_attr_open()` remembered; return 0."""
    guest.heap.free(view(guest, "file", file).private_data)
    return 0


def _attribute(guest: Guest, file: int) -> View:
    return view(guest, "simple_attr", view(guest, "file", file).private_data)


@function("ssize_t simple_attr_read(struct file *file, char *buf, size_t len, loff_t *ppos)")
def simple_attr_read(guest: Guest, file: int, buffer: int, size: int, position: int) -> int:
    """Copy the number that get() gives to the user, written as the format says; return the size or an error."""
    attribute = _attribute(guest, file)
    if not attribute.get:
        return -EACCES
    value = guest.heap.kmalloc(8)
    result = guest.call_signed(attribute.get, attribute.data, value)
    if result:
        return result
    text = vsprintf(guest, guest.memory.text(attribute.fmt), Arguments(guest.memory, [guest.memory.u64(value)], 0))
    place = guest.new_text(text[: _MOST - 1])
    done = int(simple_read_from_buffer(guest, buffer, size, position, place, len(text[: _MOST - 1])))
    for address in (value, place):
        guest.heap.free(address)
    return done


@function("ssize_t simple_attr_write(struct file *file, const char *buf, size_t len, loff_t *ppos)")
def simple_attr_write(guest: Guest, file: int, buffer: int, size: int, _position: int) -> int:
    """Give the number that the user writes, in any base, to set(); return the whole size or an error."""
    attribute = _attribute(guest, file)
    if not attribute.set:
        return -EACCES
    text = guest.memory.read(buffer, min(size, _MOST - 1))
    try:
        value = kstrtoint(text.decode("latin-1"), bits=64, signed=False)
    except KernelError:
        return -EINVAL
    return guest.call_signed(attribute.set, attribute.data, value) or size


@function(
    "ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos, const void *from, size_t available)"
)
def simple_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """Copy the part of a buffer from the position on to the user and move the position; return its size or an error."""
    return _move(guest, position, count, available, lambda at, size: to_user(guest, to, source + at, size))


@function(
    "ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos, const void __user *from, size_t count)"
)
def simple_write_to_buffer(guest: Guest, to: int, available: int, position: int, source: int, count: int) -> int:
    """Copy the user's bytes into a buffer from the position on and move the position; return how many or an error."""
    return _move(guest, position, count, available, lambda at, size: from_user(guest, to + at, source, size))


@function("ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from, size_t available)")
def memory_read_from_buffer(guest: Guest, to: int, count: int, position: int, source: int, available: int) -> int:
    """Copy the part of a buffer from the position on within the kernel's memory and move the position; return its size
    or an error.
    """
    return _move(guest, position, count, available, lambda at, size: usercopy.copy(guest, to, source + at, size))


def _move(guest: Guest, position: int, count: int, available: int, carry: Callable[[int, int], int]) -> int:
    at = guest.memory.u64(position)
    if at >> 63:
        return -EINVAL
    size = min(count, available - at)
    if size <= 0:
        return 0
    left = carry(at, size)
    if left == size:
        return -EFAULT
    guest.memory.put(position, at + size - left, 8)
    return size - left


@function("int simple_open(struct inode *inode, struct file *file)")
def simple_open(guest: Guest, inode: int, file: int) -> int:
    """Make the inode's data the file's private data; return 0."""
    data = view(guest, "inode", inode).i_private
    if data:
        view(guest, "file", file).private_data = data
    return 0


@function("int always_delete_dentry(const struct dentry *dentry)")
def always_delete_dentry(_guest: Guest, _dentry: int) -> int:
    """Return 1: a dentry is not kept after its last reference."""
    return 1


@function("struct timespec64 simple_inode_init_ts(struct inode *inode)")
def simple_inode_init_ts(guest: Guest, address: int) -> int:
    """Set all times of a new inode to now; return it, as `current_time()` does."""
    now = dcache.time(guest)
    for field in ("i_atime", "i_ctime", "i_mtime"):
        dcache.set_time(guest, address, field, *now)
    return guest.pair(*now)
