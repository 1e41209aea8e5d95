"""lib/iomap.c: Ports and memory of devices by the same functions.

A port is known by a small number instead of an address. What is written where there is nothing has no effect.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.memory import iomemory
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_PORTS, _MOST_PORTS, _FIRST_ADDRESS = 0x10000, 0xFFFF, 0x40000
"""What is added to a port, the highest port, and where numbers of ports end."""


@function("void *ioport_map(unsigned long port, unsigned int nr)")
def ioport_map(_guest: Guest, port: int, _count: int) -> int:
    """Return by what a port is known; NULL for one that is too high."""
    return port + _PORTS if port <= _MOST_PORTS else 0


@function("void ioport_unmap(void *addr)")
def ioport_unmap(_guest: Guest, _address: int) -> None:
    """Do nothing: nothing was mapped."""


def _at_port(guest: Guest, cookie: int, size: int) -> bool:
    """Return whether a number stands for a port, at which there is nothing."""
    if cookie >= _FIRST_ADDRESS:
        return False
    port = cookie - _PORTS
    if port <= 0 or guest.hardware.port(port, size):
        raise Needs(f"the device at port {port:#x}")
    return True


def _reading(size: int) -> Callable[[Guest, int], int]:
    def read(guest: Guest, cookie: int) -> int:
        if _at_port(guest, cookie, size):
            return (1 << 8 * size) - 1
        return int.from_bytes(iomemory.read(guest, cookie, size), "little")

    return read


def _reading_swapped(size: int) -> Callable[[Guest, int], int]:
    def read(guest: Guest, cookie: int) -> int:
        return int.from_bytes(_reading(size)(guest, cookie).to_bytes(size, "little"), "big")

    return read


def _writing(size: int, order: str = "little") -> Callable[[Guest, int, int], None]:
    def write(guest: Guest, value: int, cookie: int) -> None:
        if not _at_port(guest, cookie, size):
            value &= (1 << 8 * size) - 1
            iomemory.write(guest, cookie, value.to_bytes(size, "little" if order == "little" else "big"))

    return write


function("unsigned int ioread8(const void *addr)")(_reading(1))
function("unsigned int ioread16(const void *addr)")(_reading(2))
function("unsigned int ioread32(const void *addr)")(_reading(4))
function("unsigned int ioread16be(const void *addr)")(_reading_swapped(2))
function("unsigned int ioread32be(const void *addr)")(_reading_swapped(4))
function("void iowrite8(u8 val, void *addr)")(_writing(1))
function("void iowrite16(u16 val, void *addr)")(_writing(2))
function("void iowrite32(u32 val, void *addr)")(_writing(4))
function("void iowrite16be(u16 val, void *addr)")(_writing(2, "big"))
function("void iowrite32be(u32 val, void *addr)")(_writing(4, "big"))
