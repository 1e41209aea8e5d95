"""net/ipv6/xfrm6_protocol.c: Registering IPsec's protocols above IPv6."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int xfrm6_protocol_register(struct xfrm6_protocol *handler, unsigned char protocol)")(registering("xfrm6"))
function("int xfrm6_protocol_deregister(struct xfrm6_protocol *handler, unsigned char protocol)")(
    unregistering("xfrm6", absent=ENOENT)
)
