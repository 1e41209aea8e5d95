"""fs/inode.c: Inodes, their links and numbers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import dcache
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("struct inode *new_inode(struct super_block *sb)")
def new_inode(guest: Guest, superblock: int) -> int:
    """Return a new inode of a superblock."""
    return dcache.new_inode(guest, superblock)


@function("void iput(struct inode *inode)")
def iput(guest: Guest, address: int) -> None:
    """Give a reference on an inode back, and free it with the last one."""
    dcache.put_inode(guest, address)


@function("void free_inode_nonrcu(struct inode *inode)")
def free_inode_nonrcu(guest: Guest, address: int) -> None:
    """Free the memory of an inode."""
    guest.heap.free(address)


@function("int generic_delete_inode(struct inode *inode)")
def generic_delete_inode(_guest: Guest, _address: int) -> int:
    """Return 1: an inode is not kept after its last reference."""
    return 1


@function("void inc_nlink(struct inode *inode)")
def inc_nlink(guest: Guest, address: int) -> None:
    """Count one link more of an inode."""
    dcache.inode(guest, address).i_nlink += 1


@function("void drop_nlink(struct inode *inode)")
def drop_nlink(guest: Guest, address: int) -> None:
    """Count one link less of an inode; the warning for an inode that has none stops the run."""
    row = dcache.inode(guest, address)
    if not row.i_nlink:
        raise Needs("the warning of drop_nlink()")
    row.i_nlink -= 1


@function("void clear_nlink(struct inode *inode)")
def clear_nlink(guest: Guest, address: int) -> None:
    """Set the number of links of an inode to 0."""
    dcache.inode(guest, address).i_nlink = 0


@function("unsigned int get_next_ino(void)")
def get_next_ino(guest: Guest) -> int:
    """Return the next inode number shared by all file systems in memory. The first is 1025: the kernel has used some
    before.
    """
    table = guest.table("serial")
    table["inode"] = table.get("inode", 1024) + 1
    return int(table["inode"])


@function("struct timespec64 current_time(struct inode *inode)")
def current_time(guest: Guest, _inode: int) -> int:
    """Return the time for an inode, a `struct timespec64`, seconds and nanoseconds."""
    return guest.pair(*dcache.time(guest))


@function("struct timespec64 inode_set_ctime_current(struct inode *inode)")
def inode_set_ctime_current(guest: Guest, address: int) -> int:
    """Set the time of an inode's change to now; return it, as `current_time()` does."""
    now = dcache.time(guest)
    dcache.set_time(guest, address, "i_ctime", *now)
    return guest.pair(*now)
