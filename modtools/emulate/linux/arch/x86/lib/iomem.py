"""arch/x86/lib/iomem.c: Copying from and to memory of devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory import iomemory
from modtools.emulate.symbols.registry import function


@function("void memcpy_fromio(void *to, const volatile void *from, size_t n)")
def memcpy_fromio(guest: Guest, target: int, source: int, size: int) -> None:
    """Copy from a device's memory."""
    guest.memory.write(target, iomemory.read(guest, source, guest.bounded(size)))


@function("void memcpy_toio(volatile void *to, const void *from, size_t n)")
def memcpy_toio(guest: Guest, target: int, source: int, size: int) -> None:
    """Copy to a device's memory."""
    iomemory.write(guest, target, guest.memory.read(source, guest.bounded(size)))


@function("void memset_io(volatile void *a, int b, size_t c)")
def memset_io(guest: Guest, target: int, value: int, size: int) -> None:
    """Fill a device's memory with a byte."""
    iomemory.write(guest, target, bytes([value & 0xFF]) * guest.bounded(size))
