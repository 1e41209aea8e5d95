"""kernel/dma/mapping.c: Memory for devices that read and write it themselves."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EIO


@function("int dma_set_mask(struct device *dev, u64 mask)")
def dma_set_mask(guest: Guest, device: int, mask: int) -> int:
    """Set a device's DMA mask, any of which reaches all memory; return 0, or -EIO for a device that has none."""
    place = view(guest, "device", device).dma_mask
    if not place:
        return -EIO
    guest.memory.put(place, mask, 8)
    return 0


@function("int dma_set_coherent_mask(struct device *dev, u64 mask)")
def dma_set_coherent_mask(guest: Guest, device: int, mask: int) -> int:
    """Set a device's mask for coherent DMA; return 0."""
    view(guest, "device", device).coherent_dma_mask = mask
    return 0
