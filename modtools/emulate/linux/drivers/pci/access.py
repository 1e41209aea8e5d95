"""drivers/pci/access.c: Reading the configuration space of PCI devices.

What is written there would change how a device works, and none is emulated, so that is not provided.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.pci import search
from modtools.emulate.symbols.registry import function

_BAD_REGISTER = 0x87


def _reading(size: int) -> Callable[[Guest, int, int, int], int]:
    """Return the function that reads `size` bytes of a device's configuration space."""

    def act(guest: Guest, device: int, where: int, value: int) -> int:
        if where % size:
            return _BAD_REGISTER
        space = search.hardware(guest, device).configuration
        guest.memory.write(value, space[where : where + size].ljust(size, b"\xff"))
        return 0

    return act


function("int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val)")(_reading(1))
function("int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val)")(_reading(2))
function("int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val)")(_reading(4))
