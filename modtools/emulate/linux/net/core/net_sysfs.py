"""net/core/net-sysfs.c: Freeing a network device with its last reference."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("void netdev_release(struct device *d)")
def netdev_release(guest: Guest, address: int) -> None:
    """Free the memory of a network device, when the last reference on its `struct device` is gone."""
    guest.heap.free(address - view(guest, "net_device", 0).address("dev"))
