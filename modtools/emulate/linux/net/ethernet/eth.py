"""net/ethernet/eth.c: What Ethernet devices have in common."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.objects import netdevices
from modtools.emulate.objects.netdevices import netdev
from modtools.emulate.symbols.registry import function, variable
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


# Headers.

_HEADER = 14
_LOOPBACK, _NOARP = 1 << 3, 1 << 7
_BROADCAST, _MULTICAST, _OTHER_HOST = 1, 2, 3
_LENGTHS, _LLC = (1, 4), 4
"""ETH_P_802_3 and ETH_P_802_2: the header has the packet's length, not a protocol."""
_FIRST_PROTOCOL = 0x600


@variable("eth_header_ops", "header_ops")
def eth_header_ops(guest: Guest, address: int) -> None:
    """Hold the function that writes a header; the others stop the run when they are called."""
    ops = view(guest, "header_ops", address)
    ops.create = guest.address_of("eth_header")
    ops.parse, ops.cache = guest.address_of("eth_header_parse"), guest.address_of("eth_header_cache")
    ops.cache_update = guest.address_of("eth_header_cache_update")


@function(
    "int eth_header(struct sk_buff *skb, struct net_device *dev, unsigned short type, const void *daddr,"
    " const void *saddr, unsigned int len)"
)
def eth_header(guest: Guest, packet: int, device: int, kind: int, target: int, source: int, length: int) -> int:
    """Write an Ethernet header before a packet; return its length, negative if it has no target yet."""
    dev, start = netdev(guest, device), skbuff.skb_push(guest, packet, _HEADER)
    sender = guest.memory.read(source or dev.dev_addr, _ADDRESS)
    last = length if kind in _LENGTHS else kind
    guest.memory.write(start + _ADDRESS, sender + (last & 0xFFFF).to_bytes(2, "big"))
    if target:
        guest.memory.write(start, guest.memory.read(target, _ADDRESS))
    elif dev.flags & (_LOOPBACK | _NOARP):
        guest.memory.write(start, bytes(_ADDRESS))
    else:
        return -_HEADER
    return _HEADER


@function("__be16 eth_type_trans(struct sk_buff *skb, struct net_device *dev)")
def eth_type_trans(guest: Guest, packet: int, device: int) -> int:
    """Take the Ethernet header off a packet that a device receives, and note whom it is for; return its protocol, in
    the network's order of bytes.
    """
    row, dev = skbuff.skb(guest, packet), netdev(guest, device)
    row.dev, row.mac_header = device, row.data - row.head
    header = guest.memory.read(row.data, _HEADER)
    skbuff.skb_pull(guest, packet, _HEADER)
    target = header[:_ADDRESS]
    if target != guest.memory.read(dev.dev_addr, _ADDRESS):
        row.pkt_type = _for_whom(target, guest.memory.read(dev.address("broadcast"), _ADDRESS))
    if int.from_bytes(header[2 * _ADDRESS :], "big") >= _FIRST_PROTOCOL:
        return int.from_bytes(header[2 * _ADDRESS :], "little")
    raw = row.len >= 2 and guest.memory.u16(row.data) == 0xFFFF
    return (1 if raw else _LLC) << 8


def _for_whom(target: bytes, everybody: bytes) -> int:
    if not target[0] & 1:
        return _OTHER_HOST
    return _BROADCAST if target == everybody else _MULTICAST
