"""drivers/connector/connector.c: Callbacks of the netlink connector."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL


def _connection(guest: Guest, address: int) -> tuple[int, int]:
    """Return the two numbers of a `struct cb_id`."""
    row = view(guest, "cb_id", address)
    return row.idx, row.val


@function("int cn_add_callback(const struct cb_id *id, const char *name, void *callback)")
def cn_add_callback(guest: Guest, identity: int, _name: int, callback: int) -> int:
    """Note the callback of an id, which is two numbers; return 0, or -EINVAL for an id that is taken."""
    key = _connection(guest, identity)
    table = guest.table("connector")
    if key in table:
        return -EINVAL
    table[key] = callback
    return 0


@function("void cn_del_callback(const struct cb_id *id)")
def cn_del_callback(guest: Guest, identity: int) -> None:
    """Forget the callback of an id."""
    guest.table("connector").pop(_connection(guest, identity), None)
