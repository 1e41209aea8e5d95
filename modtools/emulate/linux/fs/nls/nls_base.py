"""fs/nls/nls_base.c: Registering tables of characters."""

from __future__ import annotations

from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EBUSY, EINVAL

function("int __register_nls(struct nls_table *nls, struct module *owner)")(
    registrations.registering("nls", taken=EBUSY)
)
function("int unregister_nls(struct nls_table *nls)")(registrations.unregistering("nls", absent=EINVAL))
