"""net/core/lwtunnel.c: Encapsulations of lightweight tunnels, one for each number of `include/uapi/linux/lwtunnel.h`.

Those that the kernel has of its own are not in the list: a module brings what the kernel has not got.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ERANGE

_MOST = 10
"""LWTUNNEL_ENCAP_MAX."""


@function("int lwtunnel_encap_add_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")
def lwtunnel_encap_add_ops(guest: Guest, operations: int, number: int) -> int:
    """Register an encapsulation; return 0, -1 where its number is taken, or -ERANGE."""
    if number > _MOST:
        return -ERANGE
    table = guest.table("lwtunnel")
    if number in table:
        return -1
    table[number] = operations
    return 0


@function("int lwtunnel_encap_del_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")
def lwtunnel_encap_del_ops(guest: Guest, operations: int, number: int) -> int:
    """Unregister an encapsulation; return 0, -1 where its number is not its own, or -ERANGE."""
    if not 0 < number <= _MOST:
        return -ERANGE
    table = guest.table("lwtunnel")
    if table.get(number) != operations:
        return -1
    del table[number]
    return 0
