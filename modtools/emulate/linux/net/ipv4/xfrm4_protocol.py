"""net/ipv4/xfrm4_protocol.c: IPsec's protocols above IPv4."""

from __future__ import annotations

from modtools.emulate.objects.registrations import enter, leave
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

_LEAVE4, LEAVE6 = leave("xfrm4", absent=ENOENT), leave("xfrm6", absent=ENOENT)
function("int xfrm4_protocol_register(struct xfrm4_protocol *handler, unsigned char protocol)")(enter("xfrm4"))
function("int xfrm4_protocol_deregister(struct xfrm4_protocol *handler, unsigned char protocol)")(_LEAVE4)
