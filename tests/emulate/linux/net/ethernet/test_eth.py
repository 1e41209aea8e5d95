"""Tests of modtools/emulate/linux/net/ethernet/eth.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.ethernet import eth
from modtools.emulate.objects import netdevices
from modtools.linuxerrno import EADDRNOTAVAIL, EBUSY

pytest.importorskip("unicorn")


def test_an_address_is_not_changed_while_the_device_runs(guest: Guest) -> None:
    """An address of many stations is none of a device's."""
    dev, wanted = netdevices.allocate(guest, 0, b"demo0", 1, 1), guest.heap.kmalloc(16)
    address = dev.address()
    guest.memory.write(wanted + 2, bytes.fromhex("020000000001"))
    assert eth.eth_validate_addr(guest, address) == -EADDRNOTAVAIL
    assert eth.eth_mac_addr(guest, address, wanted) == 0
    assert eth.eth_validate_addr(guest, address) == 0
    guest.memory.put(dev.address("state"), 1, 8)
    assert eth.eth_mac_addr(guest, address, wanted) == -EBUSY
    guest.memory.put(dev.address("state"), 0, 8)
    guest.memory.write(wanted + 2, b"\x01")
    assert eth.eth_mac_addr(guest, address, wanted) == -EADDRNOTAVAIL
