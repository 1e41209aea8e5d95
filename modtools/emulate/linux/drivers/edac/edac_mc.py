"""drivers/edac/edac_mc.c: How errors of memory are reported."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable


@variable("edac_op_state", 4)
def edac_op_state(guest: Guest, address: int) -> None:
    """Store -1, EDAC_OPSTATE_INVAL: nobody has chosen how errors are reported."""
    guest.memory.put(address, -1, 4)


@function("const char *edac_get_owner(void)")
def edac_get_owner(_guest: Guest) -> int:
    """Return NULL: no driver reports errors of this machine's memory."""
    return 0
