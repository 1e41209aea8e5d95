"""arch/x86/mm/ioremap.c: Mapping the memory of devices.

All ways of caching it are alike. Memory that the kernel has given out cannot be mapped so; where the machine has other
memory of its own, mapping it stops the run.
"""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning, report_stack
from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space, iomemory
from modtools.emulate.objects import regions
from modtools.emulate.printf.pointers import hashed
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.integers import MASK64
from modtools.kernel.log import ERR, WARNING
from modtools.link.layout import align
from modtools.link.memory import PAGE

_HIGH = address_space.VMALLOC
"""What lies below is memory of the kernel's or a program's, and was never mapped."""


def is_memory(guest: Guest, physical: int) -> bool:
    """Return whether there is memory that the kernel gives out at a physical address."""
    return any(row.name == "System RAM" and row.first <= physical <= row.last for row in guest.hardware.iomem)


@function(
    "void *ioremap(resource_size_t phys_addr, unsigned long size)",
    "void *ioremap_uc(resource_size_t phys_addr, unsigned long size)",
    "void *ioremap_wc(resource_size_t phys_addr, unsigned long size)",
    "void *ioremap_wt(resource_size_t phys_addr, unsigned long size)",
    "void *ioremap_cache(resource_size_t phys_addr, unsigned long size)",
)
def ioremap(guest: Guest, physical: int, size: int) -> int:
    """Return where the memory of a device can be reached; NULL for nothing, and with a warning for what is plain memory
    or beyond what the processor can address. (`ioremap()`, `ioremap_wc()`, …)
    """
    last = physical + size - 1
    if not size or last > MASK64:
        return 0
    if last >> guest.hardware.cpu.physical_bits:
        guest.printk(WARNING, f"ioremap: invalid physical address {physical:x}")
        report_kernel_warning(guest, "ioremap: invalid", once=True)
        return 0
    if is_memory(guest, physical):
        whole = align(physical, PAGE)
        if whole + PAGE > last + 1 or not guest.memory.mapped(address_space.PAGE_OFFSET + whole):
            raise Needs(f"ioremap of the memory at {physical:#x}")
        text = f"ioremap on RAM at {physical:#018x} - {last:#018x}"
        report_kernel_warning(guest, "ioremap on RAM", text, once=True)
        return 0
    _check(guest, physical, last)
    start = physical & -PAGE
    return iomemory.add(guest, start, align(last + 1, PAGE) - start) + physical - start


def _check(guest: Guest, first: int, last: int) -> None:
    """Stop the run for a range in which more than one thing lies, or the machine's own memory."""
    rows = [row for row in regions.known(guest, regions.MEMORY) if row.first <= last and first <= row.last]
    across = any(not row.first <= first <= last <= row.last for row in rows)
    if across or any(row.name == "Reserved" or row.name.endswith("ROM") for row in rows):
        raise Needs(f"ioremap of the memory at {first:#x}")


@function("void iounmap(volatile void *addr)")
def iounmap(guest: Guest, address: int) -> None:
    """Take a mapping away; what lies below all mappings is ignored, and what else is none is complained about."""
    if address < _HIGH:
        return
    base = iomemory.find(guest, address)
    if base is None:
        guest.printk(ERR, f"iounmap: bad address {hashed(address)}")
        report_stack(guest)
        return
    iomemory.remove(guest, base)
