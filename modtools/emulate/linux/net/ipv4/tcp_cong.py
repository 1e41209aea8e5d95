"""net/ipv4/tcp_cong.c: Registering congestion controls of TCP."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import ERR, NOTICE
from modtools.linuxerrno import EEXIST, EINVAL

_NAME_LENGTH = 16


def _name(guest: Guest, address: int) -> str:
    return guest.text(view(guest, "tcp_congestion_ops", address).address("name"), _NAME_LENGTH)


@function("int tcp_register_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_register_congestion_control(guest: Guest, address: int) -> int:
    """Register a congestion control; return 0, or an error that is logged: -EEXIST for a name that is taken, -EINVAL
    for one that lacks a required function.
    """
    ops, table = view(guest, "tcp_congestion_ops", address), guest.table("congestion controls")
    name = _name(guest, address)
    if not ops.ssthresh or not ops.undo_cwnd or not (ops.cong_avoid or ops.cong_control):
        guest.printk(ERR, f"TCP: {name} does not implement required ops")
        return -EINVAL
    if name in table:
        guest.printk(NOTICE, f"TCP: {name} already registered or non-unique key")
        return -EEXIST
    table[name] = address
    return 0


@function("void tcp_unregister_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_unregister_congestion_control(guest: Guest, address: int) -> None:
    """Unregister a congestion control."""
    guest.table("congestion controls").pop(_name(guest, address), None)
