"""Dentries and inodes of file systems in memory: how they come, hang together and go.

From Linux 6.1: `fs/dcache.c`, `fs/inode.c`, `include/linux/dcache.h`. A dentry's parent, children (`d_subdirs`), inode,
name and reference count are in memory, because modules look at them; the hash table of names is only hinted at:
`d_hash.pprev` is not 0 where a dentry is in it.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from modtools.emulate.objects import hlist, listhead, locks
from modtools.emulate.symbols.structs import View, constant, has, layout, new, view
from modtools.emulate.tasks.clock import REAL_AT_BOOT, SECOND

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FOLDER, _AUTOMATIC, _REGULAR, _SPECIAL, _LINK = range(2, 7)
"""What a dentry's inode is: `include/linux/dcache.h: DCACHE_*_TYPE`."""
_TYPE = 7 << 20
"""Where `d_flags` says that (DCACHE_ENTRY_TYPE), unless the kernel has an enum of its flags, as 6.17."""


def dentry(guest: Guest, address: int) -> View:
    """Return the dentry at an address as a view."""
    return view(guest, "dentry", address)


def inode(guest: Guest, address: int) -> View:
    """Return the inode at an address as a view."""
    return view(guest, "inode", address)


# Inodes.


def new_inode(guest: Guest, superblock: int) -> int:
    """Do what new_inode() does: return the address of an inode with one reference and one link."""
    operations = view(guest, "super_operations", view(guest, "super_block", superblock).s_op)
    made = guest.call(operations.alloc_inode, superblock) if operations.alloc_inode else 0
    row = inode(guest, made) if made else new(guest, "inode")
    row.i_sb, row.i_nlink = superblock, 1
    row.i_mapping = row.i_data.address()
    row.i_data.host = row.address()
    row.i_count = 1
    for field in ("i_io_list", "i_lru", "i_sb_list"):
        listhead.init(guest, row.address(field))
    locks.init_rwsem(guest, row.i_rwsem.address())
    return row.address()


def put_inode(guest: Guest, address: int) -> None:
    """Do what iput() does: drop a reference; with the last one the inode goes, unless the file system keeps it."""
    if not address:
        return
    row = inode(guest, address)
    row.i_count -= 1
    if row.i_count:
        return
    operations = view(guest, "super_operations", view(guest, "super_block", row.i_sb).s_op)
    if row.i_nlink and not (operations.drop_inode and guest.call_signed(operations.drop_inode, address)):
        return
    if operations.evict_inode:
        guest.call(operations.evict_inode, address)
    if operations.destroy_inode or operations.free_inode:
        guest.call(operations.destroy_inode or operations.free_inode, address)
    else:
        guest.heap.free(address)


def time(guest: Guest) -> tuple[int, int]:
    """Return the calendar's seconds and nanoseconds, as current_time() does."""
    return divmod(guest.now + REAL_AT_BOOT, SECOND)


def touch(guest: Guest, *inodes: int) -> None:
    """Set the times of change and modification of inodes to now."""
    for address in inodes:
        for field in ("i_ctime", "i_mtime"):
            set_time(guest, address, field, *time(guest))


def set_time(guest: Guest, address: int, field: str, seconds: int, rest: int) -> None:
    """Set one of an inode's times: two numbers since Linux commit 3aa63a569c64 "fs: switch timespec64 fields in inode
    to discrete integers" (v6.11); between 6.6 and then `__i_ctime` and so on.
    """
    row = inode(guest, address)
    if has(guest, "inode", f"{field}_sec"):
        setattr(row, f"{field}_sec", seconds)
        setattr(row, f"{field}_nsec", rest)
        return
    moment = getattr(row, field if has(guest, "inode", field) else f"__{field}")
    moment.tv_sec, moment.tv_nsec = seconds, rest


# Dentries.


def allocate(guest: Guest, superblock: int, parent: int, name: bytes) -> int:
    """Do what d_alloc() does: return the address of a dentry with one reference, not in the hash table yet."""
    row = dentry(guest, named(guest, name, parent))
    row.d_sb = superblock
    row.d_op = view(guest, "super_block", superblock).s_d_op
    if parent:
        dentry(guest, parent).d_lockref.count += 1
        _hang(guest, row, dentry(guest, parent))
    return row.address()


def named(guest: Guest, name: bytes, parent: int) -> int:
    """Return the address of a dentry of no file system, which has only a name, below a parent that does not know it or
    as a root.
    """
    row = new(guest, "dentry")
    inline = row.address("d_iname")
    row.d_name.name = inline if len(name) < layout(guest, "dentry").fields["d_iname"][1] else guest.new_text(name)
    guest.memory.write(row.d_name.name, name + b"\0")
    row.d_name.hash_len = len(name) << 32
    row.d_lockref.count, row.d_parent = 1, parent or row.address()
    for field in ("d_lru", *(() if _has_short_lists(guest) else ("d_child", "d_subdirs"))):
        listhead.init(guest, row.address(field))
    return row.address()


def _has_short_lists(guest: Guest) -> bool:
    """Return whether children hang together by hlists: Linux commit da549bdd15c2 "dentry: switch the lists of children
    to hlist" (v6.8).
    """
    return has(guest, "dentry", "d_sib")


def _hang(guest: Guest, row: View, parent: View) -> None:
    """Make a dentry the first child of another."""
    if _has_short_lists(guest):
        hlist.add_head(guest, row.address("d_sib"), parent.address("d_children"))
    else:
        listhead.add(guest, row.address("d_child"), parent.address("d_subdirs"))


def _unhang(guest: Guest, row: View) -> None:
    """Take a dentry from its parent's children."""
    if _has_short_lists(guest):
        hlist.delete(guest, row.address("d_sib"))
    else:
        listhead.delete(guest, row.address("d_child"))


def release_named(guest: Guest, address: int) -> None:
    """Free a dentry and its name."""
    row = dentry(guest, address)
    if row.d_name.name != row.address("d_iname"):
        guest.heap.free(row.d_name.name)
    guest.heap.free(address)


def root(guest: Guest, inode_address: int) -> int:
    """Do what d_make_root() does: return the address of a root dentry for an inode, 0 for none."""
    if not inode_address:
        return 0
    address = allocate(guest, inode(guest, inode_address).i_sb, 0, b"/")
    instantiate(guest, address, inode_address)
    return address


def instantiate(guest: Guest, address: int, inode_address: int) -> None:
    """Do what d_instantiate() does: give a dentry its inode, with the caller's reference."""
    row = dentry(guest, address)
    row.d_inode = inode_address
    mask = constant(guest, "DCACHE_ENTRY_TYPE", _TYPE)
    row.d_flags = row.d_flags & ~mask | (mask & -mask) * _type(guest, inode(guest, inode_address))


def _type(guest: Guest, row: View) -> int:
    """Return the type of a dentry for an inode, as d_flags_for_inode() does."""
    kind = stat.S_IFMT(row.i_mode)
    if kind == stat.S_IFDIR:
        return _FOLDER if row.i_op and view(guest, "inode_operations", row.i_op).lookup else _AUTOMATIC
    return {stat.S_IFREG: _REGULAR, stat.S_IFLNK: _LINK}.get(kind, _SPECIAL)


def rehash(guest: Guest, address: int) -> None:
    """Let a dentry be found by its name from now on."""
    entry = dentry(guest, address).d_hash
    entry.pprev = entry.address("pprev")


def drop(guest: Guest, address: int) -> None:
    """Do what d_drop() does: let a dentry be found by its name no longer."""
    dentry(guest, address).d_hash.pprev = 0


def hashed(guest: Guest, address: int) -> bool:
    """Return whether a dentry is found by its name."""
    return bool(dentry(guest, address).d_hash.pprev)


def put(guest: Guest, address: int) -> None:
    """Do what dput() does: drop a reference; with the last, a dentry that nobody finds goes, and its parent's reference
    too.
    """
    while address:
        row = dentry(guest, address)
        row.d_lockref.count -= 1
        if row.d_lockref.count:
            return
        unwanted = view(guest, "dentry_operations", row.d_op).d_delete if row.d_op else 0
        if hashed(guest, address) and not (unwanted and guest.call_signed(unwanted, address)):
            return
        parent = row.d_parent if row.d_parent != address else 0
        _kill(guest, row)
        address = parent


def release_inode(guest: Guest, row: View) -> None:
    """Do what dentry_unlink_inode() does: take the inode from a dentry and drop its reference."""
    address, row.d_inode = row.d_inode, 0
    row.d_flags &= ~constant(guest, "DCACHE_ENTRY_TYPE", _TYPE)
    ending = view(guest, "dentry_operations", row.d_op).d_iput if row.d_op else 0
    if address and ending:
        guest.call(ending, row.address(), address)
    elif address:
        put_inode(guest, address)


def _kill(guest: Guest, row: View) -> None:
    drop(guest, row.address())
    if row.d_inode:
        release_inode(guest, row)
    _unhang(guest, row)
    ending = view(guest, "dentry_operations", row.d_op).d_release if row.d_op else 0
    if ending:
        guest.call(ending, row.address())
    release_named(guest, row.address())


def children(guest: Guest, address: int) -> list[int]:
    """Return the dentries below one, the newest first."""
    row, none = dentry(guest, address), dentry(guest, 0)
    if _has_short_lists(guest):
        return [at - none.address("d_sib") for at in hlist.entries(guest, row.address("d_children"))]
    return [at - none.address("d_child") for at in listhead.entries(guest, row.address("d_subdirs"))]


def genocide(guest: Guest, address: int) -> None:
    """Do what d_genocide() does and remove all dentries below one: the file system kept a reference on each."""
    for child in children(guest, address):
        genocide(guest, child)
        drop(guest, child)
        put(guest, child)
