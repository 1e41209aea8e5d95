"""Messages of rtnetlink in tables, and what an IPv6 address is.

From Linux 6.1: `net/core/rtnetlink.c`, `net/ipv6/addrconf_core.c`.
"""

from __future__ import annotations

from modtools.emulate.functions.net import rtnl_register_module, rtnl_unregister
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import View, size_of, view

_UNICAST, _MULTICAST, _LOOPBACK, _LINK_LOCAL, _SITE_LOCAL, _V4, _MAPPED = 1, 2, 0x10, 0x20, 0x40, 0x80, 0x1000
_SCOPES = {1: 0x10, 2: 0x20, 5: 0x40}


def _rows(guest: Guest, table: int, count: int) -> list[View]:
    return [view(guest, "rtnl_msg_handler", table + size_of("rtnl_msg_handler") * number) for number in range(count)]


@function("int __rtnl_register_many(const struct rtnl_msg_handler *handlers, int n)")
def rtnl_register_many(guest: Guest, table: int, count: int) -> int:
    """`net/core/rtnetlink.c`: Note the handlers of a table of messages; return 0. They are never called."""
    for row in _rows(guest, table, count):
        rtnl_register_module(guest, row.owner, row.protocol, row.msgtype, row.doit, row.dumpit, row.flags)
    return 0


@function("void __rtnl_unregister_many(const struct rtnl_msg_handler *handlers, int n)")
def rtnl_unregister_many(guest: Guest, table: int, count: int) -> None:
    """`net/core/rtnetlink.c`: Forget the handlers of a table of messages, the last one first."""
    for row in reversed(_rows(guest, table, count)):
        rtnl_unregister(guest, row.protocol, row.msgtype)


@function("int __ipv6_addr_type(const struct in6_addr *addr)")
def ipv6_addr_type(guest: Guest, address: int) -> int:
    """`net/ipv6/addrconf_core.c`: Return the kind and scope of an address in the bits of `include/net/ipv6.h`; the
    scope itself stands from bit 16 on.
    """
    raw = guest.memory.read(address, 16)
    if raw[0] >> 5 not in (0, 7):
        return _UNICAST | 14 << 16
    if raw[0] == 0xFF:
        scope = raw[1] & 15
        return _MULTICAST | _SCOPES.get(scope, 0) | scope << 16
    if raw[0] == 0xFE and raw[1] >> 6 == 2:
        return _UNICAST | _LINK_LOCAL | 2 << 16
    if raw[0] == 0xFE and raw[1] >> 6 == 3:
        return _UNICAST | _SITE_LOCAL | 5 << 16
    if raw[0] & 0xFE == 0xFC:
        return _UNICAST | 14 << 16
    return _type_of_zeros(raw)


def _type_of_zeros(raw: bytes) -> int:
    if not any(raw[:8]):
        if not any(raw[8:12]):
            if not any(raw[12:]):
                return 0
            return _UNICAST | _LOOPBACK | 2 << 16 if raw[12:] == b"\0\0\0\1" else _UNICAST | _V4 | 14 << 16
        if raw[8:12] == b"\0\0\xff\xff":
            return _MAPPED | 14 << 16
    return _UNICAST | 14 << 16
