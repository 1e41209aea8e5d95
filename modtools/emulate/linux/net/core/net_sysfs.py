"""net/core/net-sysfs.c: Network devices in /sys/class/net, and freeing one with its last reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.kobject_uevent import add_variable
from modtools.emulate.linux.net.core.dev import STATISTICS, statistics
from modtools.emulate.objects import netdevices
from modtools.emulate.objects.netdevices import DORMANT, NO_CARRIER, START, TESTING, name_of, netdev
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, size_of, view
from modtools.errors import KernelError
from modtools.kernel import kstrtox
from modtools.linuxerrno import EINVAL, EOPNOTSUPP

_OPERATIONAL = ("unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up")
_DOWN = 2


def _field(name: str, form: str = "{}") -> Callable[[Guest, View], str | int]:
    return lambda _guest, dev: form.format(getattr(dev, name))


def _running(bit: int, wanted: bool) -> Callable[[Guest, View], str | int]:
    """Return what shows whether a bit of a running device's state is as wanted; one that is down has no answer."""
    return lambda _guest, dev: str(int(bool(dev.state & bit) == wanted)) if dev.state & START else -EINVAL


def _hardware_address(guest: Guest, dev: View, place: int) -> str:
    return guest.memory.read(place, dev.addr_len).hex(":") if dev.addr_len else ""


def _operational(_guest: Guest, dev: View) -> str:
    return _OPERATIONAL[dev.operstate if dev.state & START else _DOWN]


def _link(_guest: Guest, dev: View) -> str | int:
    """Show speed or duplex: a device that is down, or that ethtool cannot ask, has none."""
    if dev.state & START and dev.ethtool_ops:
        raise Needs("ethtool's functions of a network device")
    return -EINVAL


def _changes(*counters: str) -> Callable[[Guest, View], str | int]:
    return lambda _guest, dev: str(sum(getattr(dev, counter) for counter in counters))


_SHOWN: Mapping[str, Callable[[Guest, View], str | int]] = {
    "netdev_group": _field("group"),
    "type": _field("type"),
    "dev_id": _field("dev_id", "{:#x}"),
    "dev_port": _field("dev_port"),
    "iflink": _field("ifindex"),
    "ifindex": _field("ifindex"),
    "name_assign_type": lambda _guest, dev: str(dev.name_assign_type) if dev.name_assign_type else -EINVAL,
    "addr_assign_type": _field("addr_assign_type"),
    "addr_len": _field("addr_len"),
    "link_mode": _field("link_mode"),
    "address": lambda guest, dev: _hardware_address(guest, dev, dev.dev_addr),
    "broadcast": lambda guest, dev: _hardware_address(guest, dev, dev.address("broadcast")),
    "speed": _link,
    "duplex": _link,
    "dormant": _running(DORMANT, True),
    "testing": _running(TESTING, True),
    "operstate": _operational,
    "carrier_changes": _changes("carrier_up_count", "carrier_down_count"),
    "carrier_up_count": _changes("carrier_up_count"),
    "carrier_down_count": _changes("carrier_down_count"),
    "ifalias": lambda _guest, _dev: "",
    "carrier": _running(NO_CARRIER, False),
    "mtu": _field("mtu"),
    "flags": _field("flags", "{:#x}"),
    "tx_queue_len": _field("tx_queue_len"),
    "gro_flush_timeout": _field("gro_flush_timeout"),
    "napi_defer_hard_irqs": _field("napi_defer_hard_irqs"),
    "phys_port_id": lambda _guest, _dev: -EOPNOTSUPP,
    "phys_port_name": lambda _guest, _dev: -EOPNOTSUPP,
    "phys_switch_id": lambda _guest, _dev: -EOPNOTSUPP,
    "proto_down": _field("proto_down"),
    "threaded": _field("threaded"),
}
"""What each file of a network device shows: its text, or an error. Only a device's own functions could tell more."""
_ASKED = {
    "iflink": "ndo_get_iflink",
    "phys_port_id": "ndo_get_phys_port_id",
    "phys_port_name": "ndo_get_phys_port_name",
}
"""Functions of a device that would be asked for what a file shows."""
_STORED: Mapping[str, Callable[[Guest, int, int], int]] = {
    "mtu": netdevices.set_mtu,
    "flags": netdevices.change_flags,
}
_WRITABLE = (
    *("netdev_group", "ifalias", "carrier", "mtu", "flags", "tx_queue_len", "gro_flush_timeout"),
    *("napi_defer_hard_irqs", "proto_down", "threaded"),
)


def _device(guest: Guest, address: int) -> View:
    return netdev(guest, address - view(guest, "net_device", 0).address("dev"))


def _name(guest: Guest, attribute: int) -> str:
    return guest.text(view(guest, "device_attribute", attribute).attr.name)


@function("void netdev_release(struct device *d)")
def netdev_release(guest: Guest, address: int) -> None:
    """Free the memory of a network device, when the last reference on its `struct device` is gone."""
    guest.heap.free(_device(guest, address).address())


@function("int netdev_uevent(struct device *d, struct kobj_uevent_env *env)")
def netdev_uevent(guest: Guest, address: int, environment: int) -> int:
    """Add a network device's name and number to its event; return 0 or -ENOMEM."""
    dev = _device(guest, address)
    result = add_variable(guest, environment, f"INTERFACE={name_of(guest, dev.address())}".encode())
    return result or add_variable(guest, environment, b"IFINDEX=%d" % dev.ifindex)


@function("ssize_t netdev_show(struct device *dev, struct device_attribute *attr, char *buf)")
def netdev_show(guest: Guest, device: int, attribute: int, buffer: int) -> int:
    """Write what a file of a network device shows; return its length or an error."""
    name, dev = _name(guest, attribute), _device(guest, device)
    if name in _ASKED and getattr(view(guest, "net_device_ops", dev.netdev_ops), _ASKED[name]):
        raise Needs(f"{_ASKED[name]} of a network device")
    shown = _SHOWN[name](guest, dev)
    if isinstance(shown, int):
        return shown
    return _answer(guest, buffer, shown + "\n" if shown else "")


@function("ssize_t netdev_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t len)")
def netdev_store(guest: Guest, device: int, attribute: int, buffer: int, length: int) -> int:
    """Set what a file of a network device shows; return the number of bytes that were taken or an error."""
    name = _name(guest, attribute)
    if name not in _STORED:
        raise Needs(f"writing to {name} of a network device")
    try:
        value = kstrtox.kstrtoint(guest.memory.read(buffer, length).decode("latin-1"), 0, bits=64, signed=False)
    except KernelError as error:
        return -error.errno
    netdevices.lock(guest)
    result = _STORED[name](guest, _device(guest, device).address(), value & 0xFFFFFFFF)
    netdevices.unlock(guest)
    return result or length


@function("ssize_t netstat_show(struct device *dev, struct device_attribute *attr, char *buf)")
def netstat_show(guest: Guest, device: int, attribute: int, buffer: int) -> int:
    """Write one counter of a network device; return its length."""
    counters = statistics(guest, _device(guest, device).address())
    return _answer(guest, buffer, f"{counters[_name(guest, attribute)]}\n")


def _answer(guest: Guest, buffer: int, text: str) -> int:
    guest.memory.write(buffer, text.encode())
    return len(text)


@variable("net_class_group", "attribute_group")
def net_class_group(guest: Guest, address: int) -> None:
    """Hold the files that each network device has."""
    view(guest, "attribute_group", address).attrs = _attributes(guest, tuple(_SHOWN), "netdev_show")


@variable("netstat_group", "attribute_group")
def netstat_group(guest: Guest, address: int) -> None:
    """Hold the folder with the counters that each network device has."""
    group = view(guest, "attribute_group", address)
    group.name, group.attrs = guest.new_text(b"statistics"), _attributes(guest, STATISTICS, "netstat_show")


@variable("net_class_groups", 16)
def net_class_groups(guest: Guest, address: int) -> None:
    """Hold the groups of files of the class net: one, and the end."""
    guest.memory.put(address, guest.address_of("net_class_group"), 8)


def _attributes(guest: Guest, names: tuple[str, ...], show: str) -> int:
    """Return the address of a table of attributes, which ends in NULL."""
    table = guest.heap.kmalloc(8 * (len(names) + 1))
    rows = guest.heap.kmalloc(size_of(guest, "device_attribute") * len(names))
    for number, name in enumerate(names):
        row = view(guest, "device_attribute", rows + size_of(guest, "device_attribute") * number)
        row.attr.name, row.attr.mode = guest.new_text(name.encode()), 0o644 if name in _WRITABLE else 0o444
        row.show = guest.address_of(show)
        row.store = guest.address_of("netdev_store") if name in _WRITABLE else 0
        guest.memory.put(table + 8 * number, row.address(), 8)
    return table
