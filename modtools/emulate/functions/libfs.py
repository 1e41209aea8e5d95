"""File systems in memory, as far as the kernel mounts them for a module that puts files into them.

From Linux 6.1: `fs/libfs.c`, `fs/dcache.c`, `fs/inode.c`, `fs/fs_context.c`, `fs/super.c`, `lib/lockref.c`. What a
dentry is, is told in `modtools.emulate.dcache`.
"""

from __future__ import annotations

from modtools.emulate import dcache, listhead
from modtools.emulate.functions.module import module_get, module_put
from modtools.emulate.guest import Guest
from modtools.emulate.processor import RDX
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new, view
from modtools.linuxerrno import ENOTEMPTY

_KERNEL_MOUNT, _ACTIVE = 1 << 22, 1 << 30
_SECOND = 1_000_000_000


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
    """`fs/libfs.c`: Mount a file system unless it is mounted already, and count one user more; return 0."""
    if not guest.memory.u64(place):
        guest.memory.put(place, _mount(guest, kind), 8)
    guest.memory.put(count, guest.memory.u32(count) + 1, 4)
    return 0


@function("void simple_release_fs(struct vfsmount **mount, int *count)")
def simple_release_fs(guest: Guest, place: int, count: int) -> None:
    """`fs/libfs.c`: Count one user less, and unmount the file system after the last one."""
    left = guest.memory.u32(count) - 1
    guest.memory.put(count, left, 4)
    mount = guest.memory.u64(place)
    if not left:
        guest.memory.put(place, 0, 8)
        _unmount(guest, mount)


@function("int get_tree_single(struct fs_context *fc, void *fill_super)")
def get_tree_single(guest: Guest, address: int, fill: int) -> int:
    """`fs/super.c`: Make and fill the only superblock of a file system; return 0. It is not looked up first, because
    `simple_pin_fs()` keeps the one mount.
    """
    from modtools.emulate.functions.locks import init_rwsem

    context, superblock = view(guest, "fs_context", address), new(guest, "super_block")
    superblock.s_type, superblock.s_flags, superblock.s_count = context.fs_type, context.sb_flags, 1
    superblock.s_blocksize, superblock.s_maxbytes, superblock.s_time_gran = 4096, (1 << 31) - 1, _SECOND
    guest.memory.put(superblock.address("s_active"), 1, 4)
    listhead.init(guest, superblock.address("s_inodes"))
    init_rwsem(guest, superblock.s_umount.address(), 0, 0)
    result = guest.call_signed(fill, superblock.address(), address)
    if result:
        raise Needs("a superblock that cannot be filled")
    superblock.s_flags |= _ACTIVE
    context.root = superblock.s_root
    lockref_get(guest, view(guest, "dentry", context.root).d_lockref.address())
    return 0


@function("void kill_litter_super(struct super_block *sb)")
def kill_litter_super(guest: Guest, address: int) -> None:
    """`fs/super.c`: Remove the whole tree of dentries of a superblock."""
    superblock = view(guest, "super_block", address)
    root, superblock.s_root = superblock.s_root, 0
    if root:
        dcache.genocide(guest, root)
        dcache.drop(guest, root)
        dcache.put(guest, root)


@function("struct inode *new_inode(struct super_block *sb)")
def new_inode(guest: Guest, superblock: int) -> int:
    """`fs/inode.c`: Return a new inode of a superblock."""
    return dcache.new_inode(guest, superblock)


@function("void iput(struct inode *inode)")
def iput(guest: Guest, address: int) -> None:
    """`fs/inode.c`: Give a reference on an inode back, and free it with the last one."""
    dcache.put_inode(guest, address)


@function("void free_inode_nonrcu(struct inode *inode)")
def free_inode_nonrcu(guest: Guest, address: int) -> None:
    """`fs/inode.c`: Free the memory of an inode."""
    guest.heap.free(address)


@function("int generic_delete_inode(struct inode *inode)", "int always_delete_dentry(const struct dentry *dentry)")
def always(_guest: Guest, _address: int) -> int:
    """`fs/inode.c`: Return 1, so that an inode or a dentry is not kept after its last reference
    (`always_delete_dentry()` is of `fs/libfs.c`).
    """
    return 1


@function("void inc_nlink(struct inode *inode)")
def inc_nlink(guest: Guest, address: int) -> None:
    """`fs/inode.c`: Count one link more of an inode."""
    dcache.inode(guest, address).i_nlink += 1


@function("void drop_nlink(struct inode *inode)")
def drop_nlink(guest: Guest, address: int) -> None:
    """`fs/inode.c`: Count one link less of an inode; the warning for an inode that has none stops the run."""
    row = dcache.inode(guest, address)
    if not row.i_nlink:
        raise Needs("the warning of drop_nlink()")
    row.i_nlink -= 1


@function("void clear_nlink(struct inode *inode)")
def clear_nlink(guest: Guest, address: int) -> None:
    """`fs/inode.c`: Set the number of links of an inode to 0."""
    dcache.inode(guest, address).i_nlink = 0


@function("unsigned int get_next_ino(void)")
def get_next_ino(guest: Guest) -> int:
    """`fs/inode.c`: Return the next inode number shared by all file systems in memory. The first is 1025: the kernel
    has used some before.
    """
    table = guest.table("serial")
    table["inode"] = table.get("inode", 1024) + 1
    return int(table["inode"])


@function("s64 current_time(struct inode *inode)")
def current_time(guest: Guest, _inode: int) -> int:
    """`fs/inode.c`: Return the time for an inode, a `struct timespec64` in RAX (seconds) and RDX (nanoseconds)."""
    seconds, guest.frame[RDX] = dcache.time(guest)
    return seconds


@function("struct dentry *d_make_root(struct inode *root_inode)")
def d_make_root(guest: Guest, inode: int) -> int:
    """`fs/dcache.c`: Return a new root dentry for an inode."""
    return dcache.root(guest, inode)


@function("struct dentry *d_alloc_name(struct dentry *parent, const char *name)")
def d_alloc_name(guest: Guest, parent: int, name: int) -> int:
    """`fs/dcache.c`: Return a new dentry with a name below a parent; it is not hashed and has no inode."""
    return dcache.allocate(guest, view(guest, "dentry", parent).d_sb, parent, guest.memory.text(name))


@function("void d_instantiate(struct dentry *entry, struct inode *inode)")
def d_instantiate(guest: Guest, address: int, inode: int) -> None:
    """`fs/dcache.c`: Give a dentry its inode."""
    dcache.instantiate(guest, address, inode)


@function("void d_add(struct dentry *entry, struct inode *inode)")
def d_add(guest: Guest, address: int, inode: int) -> None:
    """`fs/dcache.c`: Give a dentry its inode, if there is one, and make it found by lookups."""
    if inode:
        dcache.instantiate(guest, address, inode)
    dcache.rehash(guest, address)


@function("void d_drop(struct dentry *dentry)", "void __d_drop(struct dentry *dentry)")
def d_drop(guest: Guest, address: int) -> None:
    """`fs/dcache.c`: Unhash a dentry, so that lookups do not find it."""
    dcache.drop(guest, address)


@function("void d_delete(struct dentry *dentry)")
def d_delete(guest: Guest, address: int) -> None:
    """`fs/dcache.c`: Release the inode of a dentry that nobody else uses; unhash a dentry that is in use."""
    row = dcache.dentry(guest, address)
    if row.d_lockref.count == 1:
        dcache.release_inode(guest, row)
    else:
        dcache.drop(guest, address)


@function("void dput(struct dentry *dentry)")
def dput(guest: Guest, address: int) -> None:
    """`fs/dcache.c`: Give a reference on a dentry back, and free it with the last one."""
    dcache.put(guest, address)


@function("void lockref_get(struct lockref *lockref)")
def lockref_get(guest: Guest, address: int) -> None:
    """`lib/lockref.c`: Take one reference more."""
    view(guest, "lockref", address).count += 1


@function("int simple_unlink(struct inode *dir, struct dentry *dentry)")
def simple_unlink(guest: Guest, folder: int, address: int) -> int:
    """`fs/libfs.c`: Remove a name from its folder: update the times, drop the link and the reference of the name;
    return 0.
    """
    inode = dcache.dentry(guest, address).d_inode
    dcache.touch(guest, folder, inode)
    drop_nlink(guest, inode)
    dcache.put(guest, address)
    return 0


@function("int simple_rmdir(struct inode *dir, struct dentry *dentry)")
def simple_rmdir(guest: Guest, folder: int, address: int) -> int:
    """`fs/libfs.c`: Remove an empty folder; return 0, or -ENOTEMPTY."""
    if any(dcache.dentry(guest, child).d_inode for child in dcache.children(guest, address)):
        return -ENOTEMPTY
    drop_nlink(guest, dcache.dentry(guest, address).d_inode)
    simple_unlink(guest, folder, address)
    drop_nlink(guest, folder)
    return 0
