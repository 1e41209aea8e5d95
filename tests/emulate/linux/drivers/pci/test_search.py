"""Tests of modtools/emulate/linux/drivers/pci/search.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.pci import search
from modtools.emulate.symbols.structs import view

pytest.importorskip("unicorn")


def test_devices_are_walked_in_the_order_of_the_bus(guest: Guest) -> None:
    """Asking for any device gives one after the other, with what identifies it."""
    found, device = [], 0
    while device := search.pci_get_device(guest, 0xFFFFFFFF, 0xFFFFFFFF, device):
        row = view(guest, "pci_dev", device)
        found.append((row.vendor, row.device, row.devfn))
    expected = [(there.vendor, there.device) for there in guest.hardware.pci]
    assert [pair[:2] for pair in found] == expected
    assert found[3][2] == 1 << 3 | 3
    assert search.pci_get_device(guest, 0x1002, 0xFFFFFFFF, 0) == 0
