"""mm/vmalloc.c: Memory of whole pages that is contiguous only in addresses."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.slab_common import kfree
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.registry import function


@function(
    "void *vmalloc(unsigned long size)",
    "void *vzalloc(unsigned long size)",
    "void *vmalloc_user(unsigned long size)",
    "void *vmalloc_32(unsigned long size)",
    "void *vmalloc_node(unsigned long size, int node)",
    "void *vzalloc_node(unsigned long size, int node)",
)
def vmalloc(guest: Guest, size: int, *_node: int) -> int:
    """Allocate `size` bytes in whole pages; return the address, 0 for a size of 0."""
    return guest.heap.vmalloc(size)


@function("void *__vmalloc(unsigned long size, gfp_t flags)")
def vmalloc_flags(guest: Guest, size: int, _flags: int) -> int:
    """Allocate `size` bytes as `vmalloc()`; the flags are ignored."""
    return guest.heap.vmalloc(size)


@function(
    "void *vmalloc_array_noprof(size_t n, size_t size)",
    "void *vcalloc_noprof(size_t n, size_t size)",
    "void *__vmalloc_array_noprof(size_t n, size_t size, gfp_t flags)",
    "void *__vcalloc_noprof(size_t n, size_t size, gfp_t flags)",
)
def vmalloc_array(guest: Guest, count: int, size: int, *_flags: int) -> int:
    """Allocate an array in whole pages (`mm/util.c`); return the address, 0 for more bytes than there are numbers."""
    return guest.heap.vmalloc(count * size) if count * size < 1 << 64 else 0


@function("bool is_vmalloc_addr(const void *x)")
def is_vmalloc_addr(_guest: Guest, address: int) -> bool:
    """Return whether an address lies among the 32 TB of vmalloc()."""
    return address_space.VMALLOC <= address < address_space.VMALLOC + (32 << 40) - 1


function("void vfree(const void *p)")(kfree)
