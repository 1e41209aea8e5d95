"""mm/backing-dev.c: Devices to which pages are written back; none is written here."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.link.memory import PAGE


@function("struct backing_dev_info *bdi_alloc(int node_id)")
def bdi_alloc(guest: Guest, _node: int) -> int:
    """Return a new `struct backing_dev_info` with one reference; writeback is not modelled."""
    info = new(guest, "backing_dev_info")
    info.refcnt.refcount.refs = 1
    info.max_ratio, info.max_prop_frac, info.capabilities = 100, 1 << 10, 3
    info.ra_pages = info.io_pages = (128 << 10) // PAGE
    return info.address()


@function("int bdi_register(struct backing_dev_info *bdi, const char *fmt, ...)")
def bdi_register(guest: Guest, address: int, _fmt: int, _values: Values) -> int:
    """Note a backing device; return 0. Its name is not used."""
    guest.table("bdis")[address] = 1
    return 0


@function("void bdi_unregister(struct backing_dev_info *bdi)")
def bdi_unregister(guest: Guest, address: int) -> None:
    """Forget a backing device, to which nothing was written back."""
    guest.table("bdis").pop(address, None)


@function("void bdi_put(struct backing_dev_info *bdi)")
def bdi_put(guest: Guest, address: int) -> None:
    """Give a reference on a backing device back, and free it with the last one."""
    count = view(guest, "backing_dev_info", address).refcnt.refcount
    count.refs -= 1
    if not count.refs:
        guest.heap.free(address)
