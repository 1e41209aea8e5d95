"""Memory of devices that a module has mapped: physical addresses where, on this machine, there is nothing.

The table `iomemory`: first page -> [size in bytes, physical address]. `Engine.io` has the same by the page. A byte that
is read is always the same, and writes have no effect; where there is a device, access stops the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def content(guest: Guest, physical: int) -> int | None:
    """Return the byte that is read in the page at a physical address; None where there is something."""
    page = physical & -PAGE
    return next((byte for first, last, byte in guest.hardware.no_memory if first <= page <= last), None)


def pages(guest: Guest) -> dict[int, tuple[int, int | None]]:
    """Return for each page that is mapped its physical address and the byte that is read there."""
    found: dict[int, tuple[int, int | None]] = {}
    for base, (size, physical) in guest.table("iomemory").items():
        for offset in range(0, size, PAGE):
            found[base + offset] = physical + offset, content(guest, physical + offset)
    return found


def add(guest: Guest, physical: int, size: int) -> int:
    """Map whole pages; return where they are."""
    table = guest.table("iomemory")
    base = max((first + size + PAGE for first, (size, _) in table.items()), default=address_space.IO)
    table[base] = [size, physical]
    guest.engine.io = pages(guest)
    return base


def find(guest: Guest, address: int) -> int | None:
    """Return the first page of the mapping that an address lies in, None for none."""
    rows = guest.table("iomemory").items()
    return next((base for base, (size, _) in rows if base <= address < base + size), None)


def remove(guest: Guest, base: int) -> None:
    """Take a mapping away."""
    del guest.table("iomemory")[base]
    guest.engine.io = pages(guest)
    guest.memory_changed()


def _bytes(guest: Guest, address: int, size: int) -> bytes | None:
    """Return what is read at an address of a device's memory; None for an address of another kind."""
    base = find(guest, address)
    if base is None:
        return None
    found = pages(guest)
    values = [found.get(at & -PAGE, (0, None))[1] for at in range(address, address + size)]
    known = bytes(value for value in values if value is not None)
    if len(known) < size:
        raise Needs(f"the memory at {address - base + guest.table('iomemory')[base][1]:#x}")
    return known


def read(guest: Guest, address: int, size: int) -> bytes:
    """Return bytes of a device's memory, or of plain memory. Raises Fault."""
    found = _bytes(guest, address, size)
    return guest.memory.read(address, size) if found is None else found


def write(guest: Guest, address: int, data: bytes) -> None:
    """Write bytes to a device's memory, where they have no effect, or to plain memory. Raises Fault."""
    if _bytes(guest, address, len(data)) is None:
        guest.memory.write(address, data)
