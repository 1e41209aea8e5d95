"""net/ethernet/eth.c: What Ethernet devices have in common."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import netdevices
from modtools.emulate.objects.netdevices import netdev
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EADDRNOTAVAIL, EBUSY

_LIVE_CHANGE, _START = 1 << 15, 0
_ADDRESS = 6


@function("struct net_device *alloc_etherdev_mqs(int sizeof_priv, unsigned int txqs, unsigned int rxqs)")
def alloc_etherdev_mqs(guest: Guest, private: int, txqs: int, rxqs: int) -> int:
    """Allocate an Ethernet device named eth%d and return it; it is not registered yet."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, private, b"eth%d", txqs, rxqs)
    ether_setup(guest, dev.address())
    return dev.address()


@function("void ether_setup(struct net_device *dev)")
def ether_setup(guest: Guest, address: int) -> None:
    """Fill in what all Ethernet devices have: header, lengths, MTU, flags and broadcast address."""
    dev = netdev(guest, address)
    dev.header_ops, dev.type = guest.address_of("eth_header_ops"), 1
    dev.hard_header_len = dev.min_header_len = 14
    dev.mtu = dev.max_mtu = 1500
    dev.min_mtu, dev.addr_len, dev.tx_queue_len, dev.flags = 68, 6, 1000, 0x1002
    dev.priv_flags |= 1 << 16
    guest.memory.write(dev.address("broadcast"), b"\xff" * 6)


def _address_in(guest: Guest, socket_address: int) -> bytes:
    return guest.memory.read(view(guest, "sockaddr", socket_address).address("sa_data"), _ADDRESS)


def _valid(raw: bytes) -> bool:
    """Return whether an address is that of one station, and not all zeros (`is_valid_ether_addr()`)."""
    return not raw[0] & 1 and any(raw)


@function("int eth_validate_addr(struct net_device *dev)")
def eth_validate_addr(guest: Guest, address: int) -> int:
    """Return 0 if the device's address can be that of a station, else -EADDRNOTAVAIL."""
    return 0 if _valid(guest.memory.read(netdev(guest, address).dev_addr, _ADDRESS)) else -EADDRNOTAVAIL


@function("int eth_prepare_mac_addr_change(struct net_device *dev, void *p)")
def eth_prepare_mac_addr_change(guest: Guest, address: int, wanted: int) -> int:
    """Check the address in a `struct sockaddr`; return 0, -EADDRNOTAVAIL, or -EBUSY for a running device that cannot
    change.
    """
    dev = netdev(guest, address)
    if not dev.priv_flags & _LIVE_CHANGE and dev.state >> _START & 1:
        return -EBUSY
    return 0 if _valid(_address_in(guest, wanted)) else -EADDRNOTAVAIL


@function("void eth_commit_mac_addr_change(struct net_device *dev, void *p)")
def eth_commit_mac_addr_change(guest: Guest, address: int, wanted: int) -> None:
    """Set the device's address to that of a `struct sockaddr`."""
    guest.memory.write(netdev(guest, address).dev_addr, _address_in(guest, wanted))


@function("int eth_mac_addr(struct net_device *dev, void *p)")
def eth_mac_addr(guest: Guest, address: int, wanted: int) -> int:
    """Check and set the device's address; return 0 or the error of `eth_prepare_mac_addr_change()`."""
    result = int(eth_prepare_mac_addr_change(guest, address, wanted))
    if not result:
        eth_commit_mac_addr_change(guest, address, wanted)
    return result
