"""net/ipv4/protocol.c: Protocols above IPv4, each by its number; the kernel has some of its own."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.registrations import Handler
from modtools.emulate.symbols.registry import function

_BUILT_IN = {"inet": (1, 2, 6, 17), "inet6": (0, 6, 17, 43, 44, 58, 59, 60)}


def protocol(family: str) -> tuple[Handler, Handler]:
    """Make the handlers that add and remove a protocol of a family, one for each number."""

    def add(guest: Guest, handler: int, number: int) -> int:
        table = guest.table(f"protocols {family}")
        if number in table or number in _BUILT_IN[family]:
            return -1
        table[number] = handler
        return 0

    def remove(guest: Guest, handler: int, number: int) -> int:
        table = guest.table(f"protocols {family}")
        if table.get(number) != handler:
            return -1
        del table[number]
        return 0

    return add, remove


_INET_ADD, _INET_DEL = protocol("inet")

function("int inet_add_protocol(const struct net_protocol *prot, unsigned char protocol)")(_INET_ADD)
function("int inet_del_protocol(const struct net_protocol *prot, unsigned char protocol)")(_INET_DEL)
