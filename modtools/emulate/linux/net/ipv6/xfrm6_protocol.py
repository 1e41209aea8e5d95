"""net/ipv6/xfrm6_protocol.c: Registering IPsec's protocols above IPv6."""

from __future__ import annotations

from modtools.emulate.linux.net.ipv4.xfrm4_protocol import handlers
from modtools.emulate.symbols.registry import function

_REGISTER, _DEREGISTER = handlers("xfrm6")
function("int xfrm6_protocol_register(struct xfrm6_protocol *handler, unsigned char protocol)")(_REGISTER)
function("int xfrm6_protocol_deregister(struct xfrm6_protocol *handler, unsigned char protocol)")(_DEREGISTER)
