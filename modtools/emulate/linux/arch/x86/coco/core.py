"""arch/x86/coco/core.c: Memory that is kept from the hypervisor, which this machine has not."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool cc_platform_has(enum cc_attr attr)")
def cc_platform_has(_guest: Guest, _attribute: int) -> bool:
    """Return False: the machine's memory is not encrypted."""
    return False
