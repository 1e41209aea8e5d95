"""net/sysctl_net.c: Tables of the network's sysctl values."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs.proc import proc_sysctl
from modtools.emulate.linux.fs.proc.proc_sysctl import unregister_sysctl_table
from modtools.emulate.symbols.registry import function


@function("struct ctl_table_header *register_net_sysctl(struct net *net, const char *path, struct ctl_table *table)")
def register_net_sysctl(guest: Guest, _net: int, path: int, table: int) -> int:
    """Register a table of values in a folder of the only network namespace; return its header."""
    return proc_sysctl.register(guest, "/" + guest.text(path).strip("/"), table)


@function(
    "struct ctl_table_header *register_net_sysctl_sz(struct net *net, const char *path, struct ctl_table *table,"
    " size_t table_size)"
)
def register_net_sysctl_sz(guest: Guest, _net: int, path: int, table: int, count: int) -> int:
    """Register a table of so many values in a folder of the only network namespace; return its header."""
    return proc_sysctl.register(guest, "/" + guest.text(path).strip("/"), table, count)


function("void unregister_net_sysctl_table(struct ctl_table_header *header)")(unregister_sysctl_table)
