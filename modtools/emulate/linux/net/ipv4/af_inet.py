"""net/ipv4/af_inet.c: Registering protocols of IPv4's sockets."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("void inet_register_protosw(struct inet_protosw *p)")(registrations.registering("inet protosw"))
function("void inet_unregister_protosw(struct inet_protosw *p)")(registrations.unregistering("inet protosw"))
