"""fs/proc/proc_net.c: Files in /proc/net, of which each network namespace has its own."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.proc.generic import proc_create_seq, proc_create_single
from modtools.emulate.objects.procfs import folder
from modtools.emulate.symbols.registry import function


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
