"""lib/cpumask.c: Sets of processors."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool alloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)")
def alloc_cpumask_var_node(guest: Guest, place: int, _flags: int, _node: int) -> bool:
    """Allocate a mask with a bit for each processor and store its address; return True."""
    guest.memory.put(place, guest.heap.kmalloc(-(-guest.hardware.cpus // 64) * 8), 8)
    return True


@function("void free_cpumask_var(void *mask)")
def free_cpumask_var(guest: Guest, address: int) -> None:
    """Free a mask that alloc_cpumask_var_node() has allocated."""
    guest.heap.free(address)
