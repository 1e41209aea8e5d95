"""net/netfilter/nf_sockopt.c: Registering options of sockets for netfilter."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY

function("int nf_register_sockopt(struct nf_sockopt_ops *reg)")(registrations.registering("nf_sockopt", taken=EBUSY))
function("void nf_unregister_sockopt(struct nf_sockopt_ops *reg)")(registrations.unregistering("nf_sockopt"))
