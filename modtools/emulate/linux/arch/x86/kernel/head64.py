"""arch/x86/kernel/head64.c: Where the direct map, vmalloc's area and the table of pages lie."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import address_space
from modtools.emulate.symbols.registry import variable


@variable("vmemmap_base", 8)
def vmemmap_base(guest: Guest, address: int) -> None:
    """Store the address of the table of all `struct page`."""
    guest.memory.put(address, address_space.VMEMMAP, 8)


@variable("page_offset_base", 8)
def page_offset_base(guest: Guest, address: int) -> None:
    """Store the address of the direct map."""
    guest.memory.put(address, address_space.PAGE_OFFSET, 8)


@variable("vmalloc_base", 8)
def vmalloc_base(guest: Guest, address: int) -> None:
    """Store the address of the area of vmalloc()."""
    guest.memory.put(address, address_space.VMALLOC, 8)
