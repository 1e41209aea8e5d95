"""net/ipv4/udp_tunnel_stub.c: Offloads of UDP tunnels."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("udp_tunnel_nic_ops", 8)
def udp_tunnel_nic_ops(_guest: Guest, _address: int) -> None:
    """Leave the pointer NULL, until the module udp_tunnel sets it."""
