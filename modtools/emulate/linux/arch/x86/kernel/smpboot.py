"""arch/x86/kernel/smpboot.c: Which processors belong together."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.cpu import NR_CPUS
from modtools.emulate.symbols.registry import variable


@variable("cpu_sibling_map", 8)
@variable("cpu_core_map", 8)
@variable("cpu_die_map", 8)
def cpu_sibling_map(guest: Guest, address: int) -> None:
    """Store the address of a mask with the first processor alone, which has a core, a die and a package for itself."""
    mask = guest.heap.kmalloc(NR_CPUS // 8)
    guest.memory.put(mask, 1, 8)
    guest.memory.put(address, mask, 8)
