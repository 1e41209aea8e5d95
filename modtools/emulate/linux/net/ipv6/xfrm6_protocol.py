"""net/ipv6/xfrm6_protocol.c: IPsec's protocols above IPv6."""

from __future__ import annotations

from modtools.emulate.linux.net.ipv4.xfrm4_protocol import LEAVE6
from modtools.emulate.objects.registrations import enter
from modtools.emulate.symbols.registry import function

function("int xfrm6_protocol_register(struct xfrm6_protocol *handler, unsigned char protocol)")(enter("xfrm6"))
function("int xfrm6_protocol_deregister(struct xfrm6_protocol *handler, unsigned char protocol)")(LEAVE6)
