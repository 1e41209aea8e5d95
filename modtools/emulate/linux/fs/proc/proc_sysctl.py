"""fs/proc/proc_sysctl.c: Tables of sysctl values.

A `struct ctl_table` without a name ends a table; since 6.6 callers tell how many there are, too. The table `sysctl`
has each file's path.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import has, new, size_of, view


def _paths(guest: Guest, prefix: str, table: int, count: int = -1, depth: int = 0) -> Iterator[str]:
    """Yield the paths of all files of a table, at most `count`, and of those below it."""
    if depth > 10:
        raise Needs("sysctl tables within tables")
    nested = has(guest, "ctl_table", "child")  # until 6.5
    while table and count and (row := view(guest, "ctl_table", table)).procname:
        path = f"{prefix}/{guest.text(row.procname)}"
        if nested and row.child:
            yield from _paths(guest, path, row.child, depth=depth + 1)
        else:
            yield path
        table, count = table + size_of(guest, "ctl_table"), count - 1


def register(guest: Guest, prefix: str, table: int, count: int = -1) -> int:
    """Return a header for the files of a table, which has so many rows, or ends where it says.

    The complaint about a path that is taken is not modelled and stops the run.
    """
    taken = guest.table("sysctl")
    paths = list(_paths(guest, prefix, table, count))
    if any(path in taken for path in paths) or len(set(paths)) != len(paths):
        raise Needs("sysctl duplicate entry")
    header = new(guest, "ctl_table_header")
    header.ctl_table = header.ctl_table_arg = table
    taken.update(dict.fromkeys(paths, header.address()))
    return header.address()


@function("struct ctl_table_header *register_sysctl_table(struct ctl_table *table)")
def register_sysctl_table(guest: Guest, table: int) -> int:
    """Register a table of values below the root; return its header."""
    return register(guest, "", table)


@function(
    "struct ctl_table_header *register_sysctl(const char *path, struct ctl_table *table)",
)
def register_sysctl(guest: Guest, path: int, table: int) -> int:
    """Register a table of values in a folder; return its header."""
    return register(guest, "/" + guest.text(path).strip("/"), table)


@function("struct ctl_table_header *register_sysctl_sz(const char *path, struct ctl_table *table, size_t table_size)")
def register_sysctl_sz(guest: Guest, path: int, table: int, count: int) -> int:
    """Register a table of so many values in a folder; return its header."""
    return register(guest, "/" + guest.text(path).strip("/"), table, count)


@function("void unregister_sysctl_table(struct ctl_table_header *header)")
def unregister_sysctl_table(guest: Guest, header: int) -> None:
    """Unregister the table of a header and free the header; NULL is ignored."""
    taken = guest.table("sysctl")
    for path in [path for path, owner in taken.items() if owner == header]:
        del taken[path]
    if header:
        guest.heap.free(header)
