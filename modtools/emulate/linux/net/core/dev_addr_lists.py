"""net/core/dev_addr_lists.c: Addresses of network devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.netdevices import netdev
from modtools.emulate.symbols.registry import function


@function("void dev_addr_mod(struct net_device *dev, unsigned int offset, const void *addr, size_t len)")
def dev_addr_mod(guest: Guest, address: int, offset: int, source: int, size: int) -> None:
    """Change a part of a device's hardware address, and of its shadow."""
    dev, data = netdev(guest, address), guest.memory.read(source, guest.bounded(size))
    guest.memory.write(dev.dev_addr + offset, data)
    guest.memory.write(dev.address("dev_addr_shadow") + offset, data)
