"""Entries of /proc that modules have made.

From Linux 6.1: `fs/proc/generic.c`. The table `proc` has the entries: address of the proc_dir_entry, which modules do
not look into -> name, parent (0: /proc itself), mode, kind ("dir", "file", "link", "seq", "single"), ops (proc_ops,
seq_operations, or the show function), data, target. What reads and writes them is `modtools.emulate.files.fileops`.
"""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.machine.builtin import builtin

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_SIZE = 192
_NUMBER = re.compile("[1-9][0-9]*|0")
"""A name that stands for a process in /proc (`fs/proc/util.c: name_to_int()`)."""
_FIRST_NUMBER = 0xF0000000 + 300
"""PROC_DYNAMIC_FIRST, and what the kernel's own entries have of the numbers behind it, about."""
BUILT_IN = ("acpi", "bus", "driver", "fs", "irq", "net", "sysvipc", "tty")
"""Folders that the kernel has of its own; they get an entry when a module makes something in them."""


def create(guest: Guest, name: str, mode: int, parent: int, kind: str, ops: int = 0, data: int = 0) -> int:
    """Make an entry and return it; 0, after the kernel's complaint, where a folder in its path is not there, or the
    name is odd or taken (`proc_create_reg()`, `_proc_mkdir()`, `proc_register()`).
    """
    parent, last = walk(guest, name, parent)
    if parent < 0 or _is_odd(guest, parent, last):
        return 0
    taken = parent == 0 and last in builtin(guest).proc
    if taken or any(row["parent"] == parent and row["name"] == last for row in guest.table("proc").values()):
        text = f"proc_dir_entry '{folder_name(guest, parent)}/{last}' already registered"
        report_kernel_warning(guest, "proc_register", text)
        return 0
    return _enter(guest, last, mode, parent, kind, ops, data)


def walk(guest: Guest, name: str, parent: int) -> tuple[int, str]:
    """Return the folder that a path leads to and its last part; -1 for the folder, after the kernel's complaint, if
    there is none (`__xlate_proc_name()`).
    """
    *folders, last = name.split("/")
    for folder in folders:
        rows = guest.table("proc").items()
        found = next((at for at, row in rows if row["parent"] == parent and row["name"] == folder), 0)
        if not found and (parent or folder not in BUILT_IN):
            report_kernel_warning(guest, "__xlate_proc_name", f"name '{name}'")
            return -1, last
        parent = found or _enter(guest, folder, stat.S_IFDIR | 0o555, 0, "dir")
    return parent, last


def _is_odd(guest: Guest, parent: int, name: str) -> bool:
    """Return whether no entry can have a name, after the kernel's complaint (`__proc_create()`)."""
    length = len(name.encode("utf-8", "surrogateescape"))
    by_hand = not parent and _NUMBER.fullmatch(name)
    complaints = (
        (not 0 < length < 256, f"name len {length}"),
        (name == ".", "name '.'"),
        (name == "..", "name '..'"),
        (by_hand, f"create '/proc/{name}' by hand"),
    )
    number = next((number for number, (wrong, _) in enumerate(complaints) if wrong), None)
    if number is not None:
        report_kernel_warning(guest, f"__proc_create {number}", complaints[number][1])
    return number is not None


def folder_name(guest: Guest, address: int) -> str:
    """Return how the kernel calls a folder in its complaints."""
    return str(guest.table("proc")[address]["name"]) if address else "/proc"


def first_below(guest: Guest, address: int) -> str:
    """Return the first name in a folder, in the order of its tree: by length, then by letters; "" for an empty one."""
    names = [row["name"] for row in guest.table("proc").values() if row["parent"] == address]
    return min(names, key=lambda name: (len(name), name), default="")


def _enter(guest: Guest, last: str, mode: int, parent: int, kind: str, ops: int = 0, data: int = 0) -> int:
    address = guest.heap.kmalloc(_SIZE)
    guest.table("proc")[address] = {
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
        parent = found or _enter(guest, name, 0o40555, parent, "dir")
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
