"""net/ipv4/xfrm4_protocol.c: IPsec's protocols above IPv4.

Each of the protocols ESP, AH and IPCOMP has a list of handlers by priority. The table `xfrm4` has them: protocol ->
priority -> handler.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.registrations import Handler
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import ERR
from modtools.linuxerrno import EAGAIN, EEXIST, EINVAL, ENOENT

_PROTOCOLS = (50, 51, 108)


def handlers(kind: str) -> tuple[Handler, Handler]:
    """Make the functions that register and unregister a handler, a structure `KIND_protocol`."""

    def register(guest: Guest, handler: int, protocol: int) -> int:
        if protocol not in _PROTOCOLS:
            return -EINVAL
        table = guest.table(kind).setdefault(protocol, {})
        priority = view(guest, "xfrm4_protocol" if kind == "xfrm4" else "xfrm6_protocol", handler).priority
        if priority in table:
            return -EEXIST
        table[priority] = handler
        return 0

    def deregister(guest: Guest, handler: int, protocol: int) -> int:
        if protocol not in _PROTOCOLS:
            return -EINVAL
        table = guest.table(kind).setdefault(protocol, {})
        there = [priority for priority, found in table.items() if found == handler]
        if not table:  # the protocol has gone with its last handler
            guest.printk(ERR, f"{kind}_protocol_deregister: can't remove protocol")
            return -EAGAIN
        for priority in there:
            del table[priority]
        return 0 if there else -ENOENT

    return register, deregister


_REGISTER, _DEREGISTER = handlers("xfrm4")
function("int xfrm4_protocol_register(struct xfrm4_protocol *handler, unsigned char protocol)")(_REGISTER)
function("int xfrm4_protocol_deregister(struct xfrm4_protocol *handler, unsigned char protocol)")(_DEREGISTER)
