"""kernel/trace/trace.c: Buffers of traces that have names of their own.

Nothing is traced, as nobody can read a trace here: there is no /sys/kernel/tracing. The table `trace arrays`: name ->
[address, references].
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY, EINVAL, ENODEV

_SIZE = 4096


@function("struct trace_array *trace_array_get_by_name(const char *name)")
def trace_array_get_by_name(guest: Guest, name: int) -> int:
    """Return the buffer of a name with one more reference; make it if it is not there, with one that stays."""
    row = guest.table("trace arrays").setdefault(guest.text(name), [0, 1])
    row[0] = row[0] or guest.heap.kmalloc(_SIZE)
    row[1] += 1
    return int(row[0])


@function("void trace_array_put(struct trace_array *this_tr)")
def trace_array_put(guest: Guest, address: int) -> None:
    """Give a reference on a buffer back; it stays until it is destroyed."""
    for row in guest.table("trace arrays").values():
        row[1] -= row[0] == address


@function("int trace_array_destroy(struct trace_array *this_tr)")
def trace_array_destroy(guest: Guest, address: int) -> int:
    """Free a buffer; return 0, -EINVAL for NULL, -EBUSY while somebody has a reference, or -ENODEV for what is none."""
    if not address:
        return -EINVAL
    table = guest.table("trace arrays")
    name = next((name for name, row in table.items() if row[0] == address), None)
    if name is None:
        return -ENODEV
    if table[name][1] > 1:
        return -EBUSY
    guest.heap.free(table.pop(name)[0])
    return 0
