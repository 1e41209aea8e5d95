"""drivers/connector/connector.c: Callbacks of the netlink connector, and messages, which nobody listens to."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL, ENODEV, ESRCH


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


def _send(guest: Guest, message: int, port: int, group: int) -> int:
    identity = view(guest, "cn_msg", message).id.address()
    if not (port or group or _connection(guest, identity) in guest.table("connector")):
        return -ENODEV
    if port:
        raise Needs("a program that listens to the connector")
    return -ESRCH


@function("int cn_netlink_send(struct cn_msg *msg, u32 portid, u32 __group, gfp_t gfp_mask)")
def cn_netlink_send(guest: Guest, message: int, port: int, group: int, _flags: int) -> int:
    """Return -ESRCH: no program listens; or -ENODEV for a message of an id that has no callback, and so no group."""
    return _send(guest, message, port, group)


@function("int cn_netlink_send_mult(struct cn_msg *msg, u16 len, u32 portid, u32 __group, gfp_t gfp_mask)")
def cn_netlink_send_mult(guest: Guest, message: int, _length: int, port: int, group: int, _flags: int) -> int:
    """Return for several messages what `cn_netlink_send()` does for one."""
    return _send(guest, message, port, group)
