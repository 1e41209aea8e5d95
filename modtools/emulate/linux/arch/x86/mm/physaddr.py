"""arch/x86/mm/physaddr.c: Which addresses of the kernel have memory behind them that is in one piece."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.memory.address_space import KERNEL, PAGE_OFFSET
from modtools.emulate.symbols.registry import function

_IMAGE_SIZE = 1 << 30
"""What there is room for from the beginning of the kernel's image on (KERNEL_IMAGE_SIZE)."""


@function("bool __virt_addr_valid(unsigned long x)")
def virt_addr_valid(guest: Guest, address: int) -> bool:
    """Return whether an address is one of the direct map, or of the kernel's image, whose memory there is."""
    if address < KERNEL:
        return 0 <= address - PAGE_OFFSET < guest.hardware.memory
    return address - KERNEL < min(_IMAGE_SIZE, guest.hardware.memory)
