"""net/ipv6/af_inet6.c: Registering protocols of IPv6's sockets, and whether there is IPv6."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function


@function("bool ipv6_mod_enabled(void)")
def ipv6_mod_enabled(_guest: Guest) -> bool:
    """Return true: IPv6 is not disabled."""
    return True


function("int inet6_register_protosw(struct inet_protosw *p)")(registrations.registering("inet6 protosw"))
function("void inet6_unregister_protosw(struct inet_protosw *p)")(registrations.unregistering("inet6 protosw"))
