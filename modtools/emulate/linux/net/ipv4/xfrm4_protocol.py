"""net/ipv4/xfrm4_protocol.c: Registering IPsec's protocols above IPv4."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import ENOENT

function("int xfrm4_protocol_register(struct xfrm4_protocol *handler, unsigned char protocol)")(registering("xfrm4"))
function("int xfrm4_protocol_deregister(struct xfrm4_protocol *handler, unsigned char protocol)")(
    unregistering("xfrm4", absent=ENOENT)
)
