"""net/xfrm/xfrm_input.c: Registering what receives IPsec's packets."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("int xfrm_input_register_afinfo(const struct xfrm_input_afinfo *afinfo)")
def xfrm_input_register_afinfo(guest: Guest, address: int) -> int:
    """Note the operations of an address family; return 0. Registering the same ones twice stops the run."""
    table = guest.table("xfrm_input")
    if address in table:
        raise Needs("xfrm_input_register_afinfo twice")
    table[address] = 1
    return 0


@function("int xfrm_input_unregister_afinfo(const struct xfrm_input_afinfo *afinfo)")
def xfrm_input_unregister_afinfo(guest: Guest, address: int) -> int:
    """Forget the operations of an address family; return 0."""
    guest.table("xfrm_input").pop(address, None)
    return 0
