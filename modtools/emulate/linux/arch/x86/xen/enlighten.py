"""arch/x86/xen/enlighten.c: Running as a guest of Xen, which the machine does not."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("xen_domain_type", 4)
def xen_domain_type(_guest: Guest, _address: int) -> None:
    """Leave `xen_domain_type` 0: the machine is no guest of Xen."""
