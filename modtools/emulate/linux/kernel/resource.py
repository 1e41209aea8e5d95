"""kernel/resource.c: Reserving I/O ports and memory of devices.

What modules have reserved stands in the table `regions`: (parent, first, last) -> address of the `struct resource`;
what the kernel has at boot is told by the hardware.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import regions, resources
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import WARNING


def _root(guest: Guest, address: int, name: bytes, end: int, flags: int) -> None:
    row = view(guest, "resource", address)
    row.name, row.end, row.flags = guest.new_text(name), end, flags


@variable("ioport_resource", "resource")
def ioport_resource(guest: Guest, address: int) -> None:
    """Fill in the resource of all I/O ports."""
    _root(guest, address, b"PCI IO", 0xFFFF, resources.PORTS)


@variable("iomem_resource", "resource")
def iomem_resource(guest: Guest, address: int) -> None:
    """Fill in the resource of all memory that the processor can address."""
    _root(guest, address, b"PCI mem", (1 << guest.hardware.cpu.physical_bits) - 1, resources.MEMORY)


@function(
    "struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,"
    " const char *name, int flags)"
)
def request_region(guest: Guest, parent: int, start: int, count: int, name: int, flags: int) -> int:
    """Reserve a range; return its new resource, or NULL if any of it is in use or outside of the parent."""
    end, above = start + count - 1, view(guest, "resource", parent)
    root = next((root for root in (regions.PORTS, regions.MEMORY) if parent == guest.address_of(root)), None)
    if root is None:
        raise Needs("reserving a part of a resource of the module's")
    inner = regions.within(guest, root, start, end)
    if end < start or start < above.start or end > above.end or inner is None:
        return 0
    row = new(guest, "resource")
    row.start, row.end, row.name, row.parent = start, end, name, regions.structure(guest, root, inner)
    row.flags = above.flags & 0x7F001F00 | resources.BUSY | flags & 0xFFFFFFFF
    guest.table("regions")[parent, start, end] = row.address()
    return row.address()


@function("void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)")
def release_region(guest: Guest, parent: int, start: int, count: int) -> None:
    """Give a reserved range back; log a warning for one that was never reserved."""
    end = start + count - 1
    address = guest.table("regions").pop((parent, start, end), 0)
    if not address:
        guest.printk(WARNING, f"resource: Trying to free nonexistent resource <{start:#018x}-{end:#018x}>")
        return
    guest.heap.free(address)
