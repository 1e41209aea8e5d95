"""net/core/sysctl_net_core.c: Settings of the network."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("sysctl_fb_tunnels_only_for_init_net", 4)
@variable("sysctl_devconf_inherit_init_net", 4)
def fallback_tunnels(_guest: Guest, _address: int) -> None:
    """Hold 0, which these sysctls are at boot."""
