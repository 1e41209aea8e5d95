"""fs/proc/inode.c: The data of a file in /proc."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void *pde_data(const struct inode *inode)")
def pde_data(guest: Guest, inode: int) -> int:
    """`include/linux/proc_fs.h`: Return the data of the entry to which an inode belongs."""
    return int(view(guest, "inode", inode).i_private)
