"""net/xfrm/xfrm_state.c: States of IPsec, of which there are none, its managers and types."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import ESRCH


@function("int xfrm_state_flush(struct net *net, u8 proto, bool task_valid)")
def xfrm_state_flush(_guest: Guest, _net: int, _protocol: int, _checked: int) -> int:
    """Return -ESRCH: there is no state to remove, because only programs make any."""
    return -ESRCH


@function("void xfrm_flush_gc(void)")
def xfrm_flush_gc(_guest: Guest) -> None:
    """Return at once, because no state waits to be freed."""


function("int xfrm_register_km(struct xfrm_mgr *km)")(registrations.registering("xfrm managers"))
function("int xfrm_unregister_km(struct xfrm_mgr *km)")(registrations.unregistering("xfrm managers"))
function("int xfrm_register_type(const struct xfrm_type *type, unsigned short family)")(
    registrations.registering("xfrm types")
)
function("void xfrm_unregister_type(const struct xfrm_type *type, unsigned short family)")(
    registrations.unregistering("xfrm types")
)


_ENCAPSULATED = 50
"""IPPROTO_ESP of `include/uapi/linux/in.h`."""


@function("int xfrm_register_type_offload(const struct xfrm_type_offload *type, unsigned short family)")
def xfrm_register_type_offload(guest: Guest, address: int, family: int) -> int:
    """Note who offloads for a family of addresses; return 0. A second one, and another protocol, stop the run, as
    Linux warns of them.
    """
    table = guest.table("xfrm offloads")
    if view(guest, "xfrm_type_offload", address).proto != _ENCAPSULATED or family in table:
        raise Needs("the warning about who offloads a protocol of IPsec")
    table[family] = address
    return 0


@function("void xfrm_unregister_type_offload(const struct xfrm_type_offload *type, unsigned short family)")
def xfrm_unregister_type_offload(guest: Guest, address: int, family: int) -> None:
    """Forget who offloads for a family of addresses; another one stops the run, as Linux warns of that."""
    if guest.table("xfrm offloads").pop(family, 0) != address:
        raise Needs("the warning about who offloads a protocol of IPsec")
