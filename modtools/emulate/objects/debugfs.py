"""Files, folders and links that modules have made in debugfs.

From Linux 6.1: `fs/debugfs/inode.c`. The table `debugfs` has the dentries: address -> parent (0 is the root), name,
mode, kind ("dir", "file" with the functions in `ops`, "link", or a kind of variable), data, target.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from modtools.emulate.objects import dcache, kobjects
from modtools.emulate.symbols.structs import new
from modtools.integers import ERROR_POINTERS
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def create(
    guest: Guest, parent: int, name: int, kind: str, mode: int = 0o755, data: int = 0, ops: int = 0, target: str = ""
) -> int:
    """Make a dentry and return its address; -EEXIST for a name that is there, or the error that `parent` is."""
    if parent >= ERROR_POINTERS:
        return parent
    text = guest.text(name)
    table = guest.table("debugfs")
    kobjects.root(guest, "kernel_kobj")
    found = lookup(guest, parent, text)
    if found:
        folder = table[parent]["name"] if parent else "/"
        what, where = ("Directory", "with parent") if table[found]["kind"] == "dir" else ("File", "in directory")
        guest.printk(ERR, f"debugfs: {what} '{text}' {where} '{folder}' already present!")
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
