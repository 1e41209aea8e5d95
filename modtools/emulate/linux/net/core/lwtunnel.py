"""net/core/lwtunnel.c: Registering encapsulations of lightweight tunnels."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function

function("int lwtunnel_encap_add_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")(
    registrations.registering("lwtunnel")
)
function("int lwtunnel_encap_del_ops(const struct lwtunnel_encap_ops *op, unsigned int num)")(
    registrations.unregistering("lwtunnel")
)
