"""lib/textsearch.c: Searching for texts: the algorithms that modules bring."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.kmod import ask
from modtools.emulate.linux.kernel.module.main import module_put, try_module_get
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.integers import ERROR_POINTERS
from modtools.linuxerrno import EEXIST, EINVAL, ENOENT

_AUTOLOAD = 1
"""TS_AUTOLOAD: modprobe is asked for an algorithm that is not there."""


@function("int textsearch_register(struct ts_ops *ops)")
def textsearch_register(guest: Guest, address: int) -> int:
    """Register an algorithm by its name; return 0, -EINVAL for one that lacks a function, or -EEXIST."""
    row, table = view(guest, "ts_ops", address), guest.table("textsearch")
    if not (row.name and row.find and row.init and row.get_pattern and row.get_pattern_len):
        return -EINVAL
    name = guest.text(row.name)
    if name in table:
        return -EEXIST
    table[name] = address
    return 0


@function("int textsearch_unregister(struct ts_ops *ops)")
def textsearch_unregister(guest: Guest, address: int) -> int:
    """Unregister an algorithm; return 0, or -ENOENT for one that is not registered, whatever it is called."""
    table = guest.table("textsearch")
    for name, registered in table.items():
        if registered == address:
            del table[name]
            return 0
    return -ENOENT


def _algorithm(guest: Guest, name: str) -> int:
    """Return the operations of an algorithm and take a reference on their module; 0 if there is none."""
    address = int(guest.table("textsearch").get(name, 0))
    return address if address and try_module_get(guest, view(guest, "ts_ops", address).owner) else 0


@function(
    "struct ts_config *textsearch_prepare(const char *algo, const void *pattern, unsigned int len, gfp_t gfp_mask,"
    " int flags)"
)
def textsearch_prepare(guest: Guest, name: int, pattern: int, size: int, gfp: int, flags: int) -> int:
    """Return what an algorithm makes of a pattern, -ENOENT for one that is not there and cannot be had, or an error."""
    if not size:
        return -EINVAL
    wanted = guest.text(name)
    address = _algorithm(guest, wanted)
    if not address and flags & _AUTOLOAD:
        ask(guest, b"ts_" + wanted.encode())
        address = _algorithm(guest, wanted)
    if not address:
        return -ENOENT
    operations = view(guest, "ts_ops", address)
    config = guest.call(operations.init, pattern, size, gfp, flags)
    if config >= ERROR_POINTERS:
        module_put(guest, operations.owner)
        return config
    view(guest, "ts_config", config).ops = address
    return config


@function("void textsearch_destroy(struct ts_config *conf)")
def textsearch_destroy(guest: Guest, address: int) -> None:
    """Free a prepared pattern and give the reference on its algorithm's module back."""
    if row := view(guest, "ts_config", address).ops:
        operations = view(guest, "ts_ops", row)
        if operations.destroy:
            guest.call(operations.destroy, address)
        module_put(guest, operations.owner)
    guest.heap.free(address)
