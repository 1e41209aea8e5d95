"""drivers/pci/pci.c: Known problems of the machine's PCI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("pci_pci_problems", 4)
def pci_pci_problems(guest: Guest, address: int) -> None:
    """Hold 4 if the host bridge is Intel's 82441, as quirk_natoma() sets it, else 0."""
    natoma = any((there.vendor, there.device) == (0x8086, 0x1237) for there in guest.hardware.pci)
    guest.memory.put(address, 4 if natoma else 0, 4)
