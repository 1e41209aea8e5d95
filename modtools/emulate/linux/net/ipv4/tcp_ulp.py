"""net/ipv4/tcp_ulp.c: Registering protocols above TCP."""

from __future__ import annotations

from modtools.emulate.objects.registrations import registering, unregistering
from modtools.emulate.symbols.registry import function

function("int tcp_register_ulp(struct tcp_ulp_ops *ulp)")(registering("tcp_ulp"))
function("void tcp_unregister_ulp(struct tcp_ulp_ops *ulp)")(unregistering("tcp_ulp"))
