"""Messages about a network device, and what Ethernet devices have in common.

From Linux 6.1: `net/core/dev.c: __netdev_printk()`, `include/linux/netdevice.h: netdev_name(), netdev_reg_state()`,
`net/ethernet/eth.c`.
"""

from __future__ import annotations

from modtools.emulate import space
from modtools.emulate.functions import devprintk
from modtools.emulate.guest import Guest
from modtools.emulate.netdevices import name_of, netdev
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.values import Values
from modtools.emulate.vsprintf import vsprintf
from modtools.integers import MASK64
from modtools.kernel.log import ALERT, CRIT, EMERG, ERR, INFO, NOTICE, WARNING
from modtools.linuxerrno import EBUSY

EADDRNOTAVAIL = 99
_STATES = (" (uninitialized)", "", " (unregistering)", " (unregistered)", " (released)", " (dummy)")
_LIVE_CHANGE, _START = 1 << 15, 0
_ADDRESS = 6


def text(guest: Guest, address: int, message: bytes) -> str:
    """Return a message with the names of the device and of its parent before it, as `__netdev_printk()` writes it."""
    said = message.decode("utf-8", "surrogateescape")
    if not address:
        return f"(NULL net_device): {said}"
    dev, name = netdev(guest, address), name_of(guest, address)
    if not name or "%" in name:
        name = "(unnamed net_device)"
    if dev.reg_state >= len(_STATES):
        raise Needs("the warning about a network device of no known state")
    bus = f"{devprintk.front(guest, dev.dev.parent)} " if dev.dev.parent else ""
    return f"{bus}{name}{_STATES[dev.reg_state]}: {said}"


# `net/core/dev.c`
function("void netdev_emerg(const struct net_device *dev, const char *format, ...)")(devprintk.printer(EMERG, text))
function("void netdev_alert(const struct net_device *dev, const char *format, ...)")(devprintk.printer(ALERT, text))
function("void netdev_crit(const struct net_device *dev, const char *format, ...)")(devprintk.printer(CRIT, text))
function("void netdev_err(const struct net_device *dev, const char *format, ...)")(devprintk.printer(ERR, text))
function("void netdev_warn(const struct net_device *dev, const char *format, ...)")(devprintk.printer(WARNING, text))
function("void netdev_notice(const struct net_device *dev, const char *format, ...)")(devprintk.printer(NOTICE, text))
function("void netdev_info(const struct net_device *dev, const char *format, ...)")(devprintk.printer(INFO, text))


@function("void netdev_printk(const char *level, const struct net_device *dev, const char *format, ...)")
def netdev_printk(guest: Guest, level: int, address: int, fmt: int, values: Values) -> None:
    """`net/core/dev.c`: Log a message about a device. The level is the digit behind the SOH in `level`."""
    number = guest.memory.u8(level + 1) - ord("0")
    guest.log(number, text(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


def valid(raw: bytes) -> bool:
    """Return whether an address is that of one station, and not all zeros (`is_valid_ether_addr()`)."""
    return not raw[0] & 1 and any(raw)


@function("int eth_validate_addr(struct net_device *dev)")
def eth_validate_addr(guest: Guest, address: int) -> int:
    """`net/ethernet/eth.c`: Return 0 if the device's address can be that of a station, else -EADDRNOTAVAIL."""
    return 0 if valid(guest.memory.read(netdev(guest, address).dev_addr, _ADDRESS)) else -EADDRNOTAVAIL


@function("int eth_prepare_mac_addr_change(struct net_device *dev, void *p)")
def eth_prepare_mac_addr_change(guest: Guest, address: int, wanted: int) -> int:
    """`net/ethernet/eth.c`: Check the address at 2 of a `struct sockaddr`; return 0, -EADDRNOTAVAIL, or -EBUSY for a
    running device that cannot change.
    """
    dev = netdev(guest, address)
    if not dev.priv_flags & _LIVE_CHANGE and guest.memory.u64(dev.address("state")) >> _START & 1:
        return -EBUSY
    return 0 if valid(guest.memory.read(wanted + 2, _ADDRESS)) else -EADDRNOTAVAIL


@function("void eth_commit_mac_addr_change(struct net_device *dev, void *p)")
def eth_commit_mac_addr_change(guest: Guest, address: int, wanted: int) -> None:
    """`net/ethernet/eth.c`: Set the device's address to that of a `struct sockaddr`."""
    guest.memory.write(netdev(guest, address).dev_addr, guest.memory.read(wanted + 2, _ADDRESS))


@function("int eth_mac_addr(struct net_device *dev, void *p)")
def eth_mac_addr(guest: Guest, address: int, wanted: int) -> int:
    """`net/ethernet/eth.c`: Check and set the device's address; return 0 or the error of
    `eth_prepare_mac_addr_change()`.
    """
    result = int(eth_prepare_mac_addr_change(guest, address, wanted))
    if not result:
        eth_commit_mac_addr_change(guest, address, wanted)
    return result


@function("struct net_device *dev_get_by_name(struct net *net, const char *name)")
def dev_get_by_name(guest: Guest, net: int, name: int) -> int:
    """`net/core/dev.c`: Return the device of a name and take a reference, counted for the processor; 0 if there is
    none.
    """
    found = int(dev_get_by_name_rcu(guest, net, name))
    if found:
        place = netdev(guest, found).pcpu_refcnt + space.PER_CPU & MASK64
        guest.memory.put(place, guest.memory.u32(place) + 1, 4)
    return found


@function(
    "struct net_device *dev_get_by_name_rcu(struct net *net, const char *name)",
    "struct net_device *__dev_get_by_name(struct net *net, const char *name)",
)
def dev_get_by_name_rcu(guest: Guest, _net: int, name: int) -> int:
    """`net/core/dev.c`: Return the device of a name without taking a reference; 0 if there is none. There is only one
    namespace.
    """
    guest.address_of("init_net")
    wanted = guest.text(name)
    return next((address for address, known in guest.table("netdevs").items() if known == wanted), 0)
