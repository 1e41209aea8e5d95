"""drivers/edac/edac_mc.c: How errors of memory are reported."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("edac_op_state", 4)
def edac_op_state(guest: Guest, address: int) -> None:
    """Hold -1, which is EDAC_OPSTATE_INVAL."""
    guest.memory.put(address, -1, 4)
