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
from modtools.kernel.log import ALERT, CRIT, EMERG, ERR, INFO, NOTICE, WARNING
from modtools.linuxerrno import EBUSY

EADDRNOTAVAIL = 99
_STATES = (" (uninitialized)", "", " (unregistering)", " (unregistered)", " (released)", " (dummy)")
_LIVE_CHANGE, _START = 1 << 15, 0
_ADDRESS = 6


def text(guest: Guest, address: int, message: bytes) -> str:
    """With the device's name in front, and before it what is said of the device that it belongs to."""
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


function("void netdev_emerg(const struct net_device *dev, const char *format, ...)")(devprintk.printer(EMERG, text))
function("void netdev_alert(const struct net_device *dev, const char *format, ...)")(devprintk.printer(ALERT, text))
function("void netdev_crit(const struct net_device *dev, const char *format, ...)")(devprintk.printer(CRIT, text))
function("void netdev_err(const struct net_device *dev, const char *format, ...)")(devprintk.printer(ERR, text))
function("void netdev_warn(const struct net_device *dev, const char *format, ...)")(devprintk.printer(WARNING, text))
function("void netdev_notice(const struct net_device *dev, const char *format, ...)")(devprintk.printer(NOTICE, text))
function("void netdev_info(const struct net_device *dev, const char *format, ...)")(devprintk.printer(INFO, text))


@function("void netdev_printk(const char *level, const struct net_device *dev, const char *format, ...)")
def netdev_printk(guest: Guest, level: int, address: int, fmt: int, values: Values) -> None:
    """The level stands behind an SOH."""
    number = guest.memory.u8(level + 1) - ord("0")
    guest.log(number, text(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


def valid(raw: bytes) -> bool:
    """`is_valid_ether_addr()`: of one station, and not all zeros."""
    return not raw[0] & 1 and any(raw)


@function("int eth_validate_addr(struct net_device *dev)")
def eth_validate_addr(guest: Guest, address: int) -> int:
    """Whether the device's own address can be one."""
    return 0 if valid(guest.memory.read(netdev(guest, address).dev_addr, _ADDRESS)) else -EADDRNOTAVAIL


@function("int eth_prepare_mac_addr_change(struct net_device *dev, void *p)")
def eth_prepare_mac_addr_change(guest: Guest, address: int, wanted: int) -> int:
    """`struct sockaddr`: the address stands at 2. One that runs keeps its own, unless it may change."""
    dev = netdev(guest, address)
    if not dev.priv_flags & _LIVE_CHANGE and guest.memory.u64(dev.address("state")) >> _START & 1:
        return -EBUSY
    return 0 if valid(guest.memory.read(wanted + 2, _ADDRESS)) else -EADDRNOTAVAIL


@function("void eth_commit_mac_addr_change(struct net_device *dev, void *p)")
def eth_commit_mac_addr_change(guest: Guest, address: int, wanted: int) -> None:
    """The device has it."""
    guest.memory.write(netdev(guest, address).dev_addr, guest.memory.read(wanted + 2, _ADDRESS))


@function("int eth_mac_addr(struct net_device *dev, void *p)")
def eth_mac_addr(guest: Guest, address: int, wanted: int) -> int:
    """Another address, if that may be."""
    result = int(eth_prepare_mac_addr_change(guest, address, wanted))
    if not result:
        eth_commit_mac_addr_change(guest, address, wanted)
    return result


@function("struct net_device *dev_get_by_name(struct net *net, const char *name)")
def dev_get_by_name(guest: Guest, net: int, name: int) -> int:
    """With a reference, which is counted for the processor."""
    found = int(dev_get_by_name_rcu(guest, net, name))
    if found:
        place = netdev(guest, found).pcpu_refcnt + space.PER_CPU & (1 << 64) - 1
        guest.memory.put(place, guest.memory.u32(place) + 1, 4)
    return found


@function(
    "struct net_device *dev_get_by_name_rcu(struct net *net, const char *name)",
    "struct net_device *__dev_get_by_name(struct net *net, const char *name)",
)
def dev_get_by_name_rcu(guest: Guest, _net: int, name: int) -> int:
    """Without one; there is only one namespace."""
    guest.address_of("init_net")
    wanted = guest.text(name)
    return next((address for address, known in guest.table("netdevs").items() if known == wanted), 0)
