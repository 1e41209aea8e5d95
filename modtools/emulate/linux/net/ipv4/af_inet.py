"""net/ipv4/af_inet.c: Protocols of IPv4's sockets, and asking for those that are not there.

`net/ipv6/af_inet6.c` does the same for IPv6. Each list has rows for a type of sockets and a protocol, which is 0 for
any; a protocol of 0 is asked for by who takes the first one.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL, EPROTONOSUPPORT, ESOCKTNOSUPPORT

function("void inet_register_protosw(struct inet_protosw *p)")(registrations.registering("inet protosw"))
function("void inet_unregister_protosw(struct inet_protosw *p)")(registrations.unregistering("inet protosw"))

PROTOCOLS = {2: "inet", 10: "inet6"}
"""Families of sockets whose protocols modules register, and the word for them."""
_STREAM, _DGRAM, _RAW = 1, 2, 3
_TCP, _UDP, _UDP_LITE, _MPTCP, _MOST = 6, 17, 136, 262, 263
_PING = {2: 1, 10: 58}
"""The protocol of echo requests, for each family."""


def missing(guest: Guest, family: int, type: int, protocol: int) -> int:
    """Return 0 if there is such a socket of IPv4 or IPv6, else the error after its module was asked for twice."""
    if protocol not in range(_MOST):
        return -EINVAL
    for name in (b"net-pf-%d-proto-%d-type-%d" % (family, protocol, type), b"net-pf-%d-proto-%d" % (family, protocol)):
        if not _error(guest, family, type, protocol):
            return 0
        kmod.ask(guest, name)
    return _error(guest, family, type, protocol)


def _error(guest: Guest, family: int, type: int, protocol: int) -> int:
    rows = [known for kind, known in _rows(guest, family) if kind == type]
    if any(known == protocol != 0 or (known != protocol and 0 in (known, protocol)) for known in rows):
        return 0
    return -EPROTONOSUPPORT if rows else -ESOCKTNOSUPPORT


def _rows(guest: Guest, family: int) -> list[tuple[int, int]]:
    """Return type and protocol of what there is, as far as they are those of Debian's kernels."""
    own = [(_STREAM, _TCP), (_STREAM, _MPTCP), (_DGRAM, _UDP), (_DGRAM, _UDP_LITE), (_DGRAM, _PING[family]), (_RAW, 0)]
    table = guest.table(f"registered {PROTOCOLS[family]} protosw")
    modules = (view(guest, "inet_protosw", address) for address in table.values())
    return [*own, *((row.type, row.protocol) for row in modules)]
