"""Entries of /proc that modules have made.

From Linux 6.1: `fs/proc/generic.c`. The table `proc` has the entries: address of the proc_dir_entry, which modules do
not look into -> name, parent (0: /proc itself), mode, kind ("dir", "file", "link", "seq", "single"), ops (proc_ops,
seq_operations, or the show function), data, target. What reads and writes them is `modtools.emulate.files.fileops`.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_SIZE = 192
_FIRST_NUMBER = 0xF0000000 + 300
"""PROC_DYNAMIC_FIRST, and what the kernel's own entries have of the numbers behind it, about."""
BUILT_IN = ("acpi", "bus", "driver", "fs", "irq", "net", "sysvipc", "tty")
"""Folders that the kernel has of its own; they get an entry when a module makes something in them."""


def create(guest: Guest, name: str, mode: int, parent: int, kind: str, ops: int = 0, data: int = 0) -> int:
    """Make an entry and return it; 0 where the name is taken or a folder in its path is not there."""
    table = guest.table("proc")
    *folders, last = name.split("/")
    for folder in folders:
        found = [at for at, row in table.items() if row["parent"] == parent and row["name"] == folder]
        if not found and (parent or folder not in BUILT_IN):
            return 0
        parent = found[0] if found else create(guest, folder, stat.S_IFDIR | 0o555, 0, "dir")
    if not last or any(row["parent"] == parent and row["name"] == last for row in table.values()):
        return 0
    address = guest.heap.kmalloc(_SIZE)
    table[address] = {
        "name": last,
        "parent": parent,
        "mode": mode,
        "kind": kind,
        "ops": ops,
        "data": data,
        "target": "",
        "ino": _next_number(guest),
    }
    return address


def _next_number(guest: Guest) -> int:
    """Return an inode number; the kernel's own entries have some hundred of the first ones."""
    table = guest.table("serial")
    table["proc"] = table.get("proc", _FIRST_NUMBER - 1) + 1
    return int(table["proc"])


def folder(guest: Guest, path: str) -> int:
    """Return the entry of a folder that the kernel has of its own; make it when it is first asked for."""
    parent = 0
    for name in path.split("/"):
        rows = guest.table("proc").items()
        found = next((at for at, row in rows if row["parent"] == parent and row["name"] == name), 0)
        parent = found or create(guest, name, 0o40555, parent, "dir")
    return parent


def find(guest: Guest, parts: list[str], parent: int = 0) -> int:
    """Return the entry at a path below another one; -1 if there is none."""
    for part in parts:
        rows = guest.table("proc").items()
        parent = next((at for at, row in rows if row["parent"] == parent and row["name"] == part), -1)
    return parent


def names(guest: Guest, address: int) -> list[str]:
    """Return the names of an entry and of the folders above it, the highest first."""
    found: list[str] = []
    while address:
        row = guest.table("proc")[address]
        found.insert(0, row["name"])
        address = row["parent"]
    return found
