"""mm/vmalloc.c: Memory of whole pages that is contiguous only in addresses."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning, report_stack
from modtools.emulate.guest import Guest
from modtools.emulate.linux.mm.page_alloc import managed
from modtools.emulate.memory import address_space
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import ERR, WARNING
from modtools.link.memory import PAGE


@function(
    "void *vmalloc(unsigned long size)",
    "void *vzalloc(unsigned long size)",
    "void *vmalloc_user(unsigned long size)",
    "void *vmalloc_32(unsigned long size)",
    "void *vmalloc_node(unsigned long size, int node)",
    "void *vzalloc_node(unsigned long size, int node)",
)
def vmalloc(guest: Guest, size: int, *_node: int) -> int:
    """Allocate `size` bytes in whole pages; return the address, 0 for a size of 0, with a warning, and for too many,
    with a message without the state of all memory.
    """
    if not size:
        report_kernel_warning(guest, "vmalloc")
    elif -(-size // PAGE) > managed(guest):
        what = f"vmalloc error: size {size}, exceeds total pages, mode:0xcc0(GFP_KERNEL)"
        guest.printk(WARNING, f"{guest.kernel.program}: {what}, nodemask=(null),cpuset=/,mems_allowed=0")
        report_stack(guest)
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


@function("void vfree(const void *p)")
def vfree(guest: Guest, address: int) -> None:
    """Free memory of vmalloc() by any of its pages; NULL is ignored. Warn of an address that is no page's, or where
    nothing is.
    """
    if not address:
        return
    kind, begin, _ = guest.heap.part_of(address)
    if address % PAGE:
        report_kernel_warning(guest, "vfree: bad address", f"Trying to vfree() bad address ({hashed(address)})")
        if not guest.kernel.identity.features.tells_bad_vfree_twice:
            return
    if kind == "vmalloc_sizes" and not address % PAGE:
        guest.heap.free(begin)
    else:
        text = f"Trying to vfree() nonexistent vm area ({hashed(address)})"
        report_kernel_warning(guest, "vfree: no area", text, level=ERR)
