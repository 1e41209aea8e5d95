"""kernel/iomem.c: Mapping memory that is no device's registers."""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.mm import ioremap
from modtools.emulate.memory import address_space, iomemory
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_BACK, _THROUGH, _COMBINED = 1, 2, 4
"""`MEMREMAP_WB`, `MEMREMAP_WT`, `MEMREMAP_WC`: ways of caching, of which the first that can be had is taken."""


@function("void *memremap(resource_size_t offset, size_t size, unsigned long flags)")
def memremap(guest: Guest, physical: int, size: int, flags: int) -> int:
    """Return where memory can be reached: plain memory, cached, where it always is; NULL where that is not asked for,
    or nothing is.
    """
    if not flags & (_BACK | _THROUGH | _COMBINED):
        return 0
    if not ioremap.is_memory(guest, physical):
        return int(ioremap.ioremap(guest, physical, size))
    if not ioremap.is_memory(guest, physical + size - 1):
        raise Needs("memremap of memory and something else")
    if flags & _BACK:
        return physical + address_space.PAGE_OFFSET
    text = f"memremap attempted on ram {physical:#018x} size: {size:#x}"
    report_kernel_warning(guest, "memremap", text, once=True)
    return 0


@function("void memunmap(void *addr)")
def memunmap(guest: Guest, address: int) -> None:
    """Take a mapping away; plain memory stays where it is."""
    base = iomemory.find(guest, address)
    if base is not None:
        iomemory.remove(guest, base)
