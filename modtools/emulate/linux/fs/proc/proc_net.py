"""fs/proc/proc_net.c: Files in /proc/net, of which each network namespace has its own."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.proc.generic import create, proc_create_seq, proc_create_single
from modtools.emulate.symbols.registry import function


def folder(guest: Guest, path: str) -> int:
    """Return the entry of a folder that the kernel has of its own; make it when it is first asked for."""
    parent = 0
    for name in path.split("/"):
        rows = guest.table("proc").items()
        found = next((at for at, row in rows if row["parent"] == parent and row["name"] == name), 0)
        parent = found or create(guest, name, 0o40555, parent, "dir")
    return parent


@function(
    "struct proc_dir_entry *proc_create_net_data(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " const struct seq_operations *ops, unsigned int state_size, void *data)"
)
def proc_create_net_data(guest: Guest, name: int, mode: int, parent: int, ops: int, size: int, data: int) -> int:
    """Make a file in /proc/net that is read as a sequence; return its entry or NULL."""
    return int(proc_create_seq(guest, name, mode, parent or folder(guest, "net"), ops, size, data))


@function(
    "struct proc_dir_entry *proc_create_net_single(const char *name, umode_t mode, struct proc_dir_entry *parent,"
    " void *show, void *data)"
)
def proc_create_net_single(guest: Guest, name: int, mode: int, parent: int, show: int, data: int) -> int:
    """Make a file in /proc/net whose text one show function writes; return its entry or NULL."""
    return int(proc_create_single(guest, name, mode, parent or folder(guest, "net"), show, data))
