"""fs/dcache.c: Dentries: names in a file system."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import dcache
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import constant, view


@function("void set_default_d_op(struct super_block *s, const struct dentry_operations *ops)")
def set_default_d_op(guest: Guest, superblock: int, operations: int) -> None:
    """Set what each dentry of a superblock gets as its operations, which file systems did themselves before."""
    view(guest, "super_block", superblock).s_d_op = operations


@function("struct dentry *d_make_root(struct inode *root_inode)")
def d_make_root(guest: Guest, inode: int) -> int:
    """Return a new root dentry for an inode."""
    return dcache.root(guest, inode)


@function("struct dentry *d_alloc_name(struct dentry *parent, const char *name)")
def d_alloc_name(guest: Guest, parent: int, name: int) -> int:
    """Return a new dentry with a name below a parent; it is not hashed and has no inode."""
    return dcache.allocate(guest, view(guest, "dentry", parent).d_sb, parent, guest.memory.text(name))


@function("void d_instantiate(struct dentry *entry, struct inode *inode)")
def d_instantiate(guest: Guest, address: int, inode: int) -> None:
    """Give a dentry its inode, with the caller's reference."""
    dcache.instantiate(guest, address, inode)


@function("void d_add(struct dentry *entry, struct inode *inode)")
def d_add(guest: Guest, address: int, inode: int) -> None:
    """Give a dentry its inode, if there is one, and make it found by lookups."""
    if inode:
        dcache.instantiate(guest, address, inode)
    dcache.rehash(guest, address)


@function("struct dentry *d_make_persistent(struct dentry *dentry, struct inode *inode)")
def d_make_persistent(guest: Guest, address: int, inode: int) -> int:
    """Give a dentry its inode, let lookups find it, and keep a reference on it until it may go; return it."""
    row = dcache.dentry(guest, address)
    dcache.instantiate(guest, address, inode)
    if not dcache.hashed(guest, address):
        dcache.rehash(guest, address)
    row.d_flags |= constant(guest, "DCACHE_PERSISTENT")
    row.d_lockref.count += 1
    return address


@function("void d_make_discardable(struct dentry *dentry)")
def d_make_discardable(guest: Guest, address: int) -> None:
    """Give back the reference that `d_make_persistent()` has kept."""
    dcache.dentry(guest, address).d_flags &= ~constant(guest, "DCACHE_PERSISTENT")
    dcache.put(guest, address)


@function("void d_drop(struct dentry *dentry)", "void __d_drop(struct dentry *dentry)")
def d_drop(guest: Guest, address: int) -> None:
    """Unhash a dentry, so that lookups do not find it."""
    dcache.drop(guest, address)


@function("void d_delete(struct dentry *dentry)")
def d_delete(guest: Guest, address: int) -> None:
    """Release the inode of a dentry that nobody else uses; unhash a dentry that is in use."""
    row = dcache.dentry(guest, address)
    if row.d_lockref.count == 1:
        dcache.release_inode(guest, row)
    else:
        dcache.drop(guest, address)


@function("void dput(struct dentry *dentry)")
def dput(guest: Guest, address: int) -> None:
    """Give a reference on a dentry back, and free it with the last one."""
    dcache.put(guest, address)
