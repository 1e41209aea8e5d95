"""net/netfilter/nf_sockopt.c: Registering options of sockets for netfilter."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view
from modtools.linuxerrno import EBUSY


def _overlap(one: View, other: View) -> bool:
    """Return whether two objects are for options of the same protocol with the same numbers; each maximum is not among
    them.
    """
    return one.pf == other.pf and bool(
        (one.set_optmax > other.set_optmin and one.set_optmin < other.set_optmax)
        or (one.get_optmax > other.get_optmin and one.get_optmin < other.get_optmax)
    )


@function("int nf_register_sockopt(struct nf_sockopt_ops *reg)")
def nf_register_sockopt(guest: Guest, address: int) -> int:
    """Register options of sockets; return 0, or -EBUSY where some of them are registered."""
    table, mine = guest.table("nf_sockopts"), view(guest, "nf_sockopt_ops", address)
    if any(_overlap(mine, view(guest, "nf_sockopt_ops", other)) for other in table):
        return -EBUSY
    table[address] = 1
    return 0


@function("void nf_unregister_sockopt(struct nf_sockopt_ops *reg)")
def nf_unregister_sockopt(guest: Guest, address: int) -> None:
    """Unregister options of sockets."""
    guest.table("nf_sockopts").pop(address, None)
