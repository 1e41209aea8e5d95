"""mm/percpu.c: Memory for each processor; there is one."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function(
    "void *__alloc_percpu(size_t size, size_t align)",
    "void *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)",
)
def alloc_percpu(guest: Guest, size: int, align: int, _gfp: int = 0) -> int:
    """Return the offset of zeroed memory from the processor's per-cpu area; 0 if there is none. It is no part of that
    area, so that size and alignment have no limit of their own.
    """
    address = guest.heap.kmalloc(max(guest.bounded(size), align))
    return guest.per_cpu.pointer(address) if address else 0


@function("void *pcpu_alloc_noprof(size_t size, size_t align, bool reserved, gfp_t gfp)")
def pcpu_alloc(guest: Guest, size: int, align: int, _reserved: int, _gfp: int) -> int:
    """Return the offset of zeroed per-cpu memory, as `__alloc_percpu()`, which is a macro since 6.10."""
    return int(alloc_percpu(guest, size, align))


@function("void free_percpu(void *pdata)")
def free_percpu(guest: Guest, offset: int) -> None:
    """Free per-cpu memory; 0 is ignored."""
    if offset:
        guest.heap.free(guest.per_cpu.here(offset))
