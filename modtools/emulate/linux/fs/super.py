"""fs/super.c: Superblocks: file systems that are mounted."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.lockref import lockref_get
from modtools.emulate.objects import dcache, listhead, locks
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks.clock import SECOND

_ACTIVE = 1 << 30


def _default_operations(guest: Guest) -> int:
    """Return the address of the operations that a superblock begins with, all NULL; make them at first use."""
    table = guest.table("superblocks")
    if "operations" not in table:
        table["operations"] = new(guest, "super_operations").address()
    return int(table["operations"])


@function("int get_tree_single(struct fs_context *fc, void *fill_super)")
def get_tree_single(guest: Guest, address: int, fill: int) -> int:
    """Make and fill the only superblock of a file system; return 0. It is not looked up first, because
    `simple_pin_fs()` keeps the one mount.
    """
    context, superblock = view(guest, "fs_context", address), new(guest, "super_block")
    superblock.s_type, superblock.s_flags, superblock.s_count = context.fs_type, context.sb_flags, 1
    superblock.s_blocksize, superblock.s_maxbytes, superblock.s_time_gran = 4096, (1 << 31) - 1, SECOND
    superblock.s_op, superblock.s_active = _default_operations(guest), 1
    listhead.init(guest, superblock.address("s_inodes"))
    locks.init_rwsem(guest, superblock.s_umount.address())
    result = guest.call_signed(fill, superblock.address(), address)
    if result:
        raise Needs("a superblock that cannot be filled")
    superblock.s_flags |= _ACTIVE
    context.root = superblock.s_root
    lockref_get(guest, view(guest, "dentry", context.root).d_lockref.address())
    return 0


@function("void kill_litter_super(struct super_block *sb)")
def kill_litter_super(guest: Guest, address: int) -> None:
    """Remove the whole tree of dentries of a superblock."""
    superblock = view(guest, "super_block", address)
    root, superblock.s_root = superblock.s_root, 0
    if root:
        dcache.genocide(guest, root)
        dcache.drop(guest, root)
        dcache.put(guest, root)
