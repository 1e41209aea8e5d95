"""fs/proc/proc_sysctl.c: Tables of sysctl values.

A `struct ctl_table` without a name ends a table; since 6.6 callers tell how many there are, too. The table `sysctl`
has for each file's path below /proc/sys its header and its row, `sysctl folders` for each header the folders.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.cpu.oops import report_stack
from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import has, new, size_of, view
from modtools.kernel.log import ERR

_SINGLE = {"proc_douintvec": 4, "proc_douintvec_minmax": 4, "proc_dou8vec_minmax": 1}
"""Handlers of one value only, and its size."""


def _rows(guest: Guest, prefix: str, table: int, count: int = -1, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Yield path and address of all files of a table, at most `count`, and of those below it; of a folder, the path
    and 0.
    """
    if depth > 10:
        raise Needs("sysctl tables within tables")
    yield prefix, 0
    nested = has(guest, "ctl_table", "child")  # until 6.5
    all_of_them = count > 0 and guest.kernel.identity.features.refuses_nameless_sysctl
    while table and count and ((row := view(guest, "ctl_table", table)).procname or all_of_them):
        path = f"{prefix}/{guest.text(row.procname) if row.procname else '(null)'}"
        if nested and row.child:
            yield from _rows(guest, path, row.child, depth=depth + 1)
        else:
            yield path, table
        table, count = table + size_of(guest, "ctl_table"), count - 1


def _complaints(guest: Guest, address: int) -> Iterator[str]:
    """Yield what is wrong with a row, as sysctl_check_table() says it."""
    row = view(guest, "ctl_table", address)
    if not row.procname:
        yield "procname is null"
    kind = guest.addresses.name(row.proc_handler)
    if kind.startswith("proc_do"):
        if not row.data:
            yield "No data"
        if not row.maxlen:
            yield "No maxlen"
        elif row.maxlen != _SINGLE.get(kind, row.maxlen):
            yield "array not allowed"
    if not row.proc_handler:
        yield "No proc_handler"
    if row.mode & ~0o666:
        yield f"bogus .mode 0{row.mode:o}"


def _refused(guest: Guest, prefix: str, rows: list[tuple[str, int]]) -> bool:
    """Log what is wrong with a table, if anything is; return whether it is."""
    wrong = [(path, text) for path, row in rows if row for text in _complaints(guest, row)]
    for path, text in wrong:
        guest.printk(ERR, f"sysctl table check failed: {path.removeprefix('/') or prefix} {text}")
    taken = guest.table("sysctl")
    double = "" if wrong else next((path for path, row in rows if row and path in taken), "")
    if double:
        guest.printk(ERR, f"sysctl duplicate entry: {double}")
        _empty(guest, double.rpartition("/")[0])
    if (wrong or double) and guest.kernel.identity.features.shows_stack_of_refused_sysctl:
        report_stack(guest)
    return bool(wrong or double)


def _empty(guest: Guest, folder: str) -> None:
    """Let a folder lose all that is in it, as it does where a name is taken: the kernel removes what it never added."""
    taken, folders = guest.table("sysctl"), guest.table("sysctl folders")
    for path in [path for path in taken if path.startswith(f"{folder}/")]:
        del taken[path]
    for header, paths in folders.items():
        folders[header] = [path for path in paths if not path.startswith(f"{folder}/")]


def register(guest: Guest, prefix: str, table: int, count: int = -1) -> int:
    """Return a header for the files of a table, which has so many rows, or ends where it says; 0 for a table that is
    refused, which is logged. A name that the kernel itself has is not noticed.
    """
    rows = list(_rows(guest, prefix, table, count))
    if len({path for path, row in rows if row}) != sum(bool(row) for _, row in rows):
        raise Needs("a name that is twice in a sysctl table")
    if _refused(guest, prefix, rows):
        return 0
    header = new(guest, "ctl_table_header")
    header.ctl_table = header.ctl_table_arg = table
    guest.table("sysctl folders")[header.address()] = [path for path, row in rows if not row]
    guest.table("sysctl").update({path: [header.address(), row] for path, row in rows if row})
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


@function("struct ctl_table_header *register_sysctl_paths(const struct ctl_path *path, struct ctl_table *table)")
def register_sysctl_paths(guest: Guest, path: int, table: int) -> int:
    """Register a table of values in a folder, given as an array of names that ends with NULL; return its header."""
    prefix = ""
    while name := guest.memory.u64(path):
        prefix, path = f"{prefix}/{guest.text(name)}", path + 8
    return register(guest, prefix, table)


@function("struct ctl_table_header *register_sysctl_mount_point(const char *path)")
def register_sysctl_mount_point(guest: Guest, path: int) -> int:
    """Make an empty folder, on which something may be mounted; return its header."""
    return register(guest, "/" + guest.text(path).strip("/"), 0)


@function("void unregister_sysctl_table(struct ctl_table_header *header)")
def unregister_sysctl_table(guest: Guest, header: int) -> None:
    """Unregister the table of a header and free the header; NULL is ignored."""
    taken = guest.table("sysctl")
    for path in [path for path, (owner, _) in taken.items() if owner == header]:
        del taken[path]
    guest.table("sysctl folders").pop(header, None)
    if header:
        guest.heap.free(header)
