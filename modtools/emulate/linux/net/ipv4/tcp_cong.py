"""net/ipv4/tcp_cong.c: Registering congestion controls of TCP."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("int tcp_register_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_register_congestion_control(guest: Guest, address: int) -> int:
    """Register a congestion control; return 0, or -EEXIST for one that is registered. One that lacks a required
    function stops the run.
    """
    ops = view(guest, "tcp_congestion_ops", address)
    if not ops.ssthresh or not ops.undo_cwnd or not (ops.cong_avoid or ops.cong_control):
        raise Needs("the complaint about a congestion control that does not implement required ops")
    return int(registrations.registering("congestion controls")(guest, address))


@function("void tcp_unregister_congestion_control(struct tcp_congestion_ops *ca)")
def tcp_unregister_congestion_control(guest: Guest, address: int) -> None:
    """Unregister a congestion control."""
    registrations.unregistering("congestion controls")(guest, address)
