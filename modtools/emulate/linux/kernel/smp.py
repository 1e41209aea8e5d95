"""kernel/smp.c: How many processors there can be."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("nr_cpu_ids", 4)
def nr_cpu_ids(guest: Guest, address: int) -> None:
    """Store the number of processors that there can be."""
    guest.memory.put(address, guest.hardware.cpus, 4)
