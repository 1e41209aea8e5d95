"""net/ipv4/ip_tunnel_core.c: Encapsulations of tunnels."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("iptun_encaps", 64)
def iptun_encaps(_guest: Guest, _address: int) -> None:
    """Hold NULL for each way of tunnelling in IPv4."""


@variable("ip6tun_encaps", 64)
def ip6tun_encaps(_guest: Guest, _address: int) -> None:
    """Hold NULL for each way of tunnelling in IPv6."""
