"""drivers/edac/edac_mc.c: How errors of memory are reported."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("edac_op_state", 4)
def edac_op_state(guest: Guest, address: int) -> None:
    """Store -1, EDAC_OPSTATE_INVAL: nobody has chosen how errors are reported."""
    guest.memory.put(address, -1, 4)
