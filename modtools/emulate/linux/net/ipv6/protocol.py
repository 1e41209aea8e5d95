"""net/ipv6/protocol.c: Protocols above IPv6."""

from __future__ import annotations

from modtools.emulate.linux.net.ipv4 import protocol
from modtools.emulate.symbols.registry import function

_INET6_ADD, _INET6_DEL = protocol.protocol("inet6")

function("int inet6_add_protocol(const struct inet6_protocol *prot, unsigned char protocol)")(_INET6_ADD)
function("int inet6_del_protocol(const struct inet6_protocol *prot, unsigned char protocol)")(_INET6_DEL)
