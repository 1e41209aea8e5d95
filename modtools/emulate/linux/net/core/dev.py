"""net/core/dev.c: Network devices, messages about them, and polling."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import device_prefix, message_logger
from modtools.emulate.linux.kernel.rcu.tree import synchronize_rcu
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.objects import listhead, netdevices, registrations
from modtools.emulate.objects.netdevices import REGISTER, UNREGISTER, name_of, netdev, notify
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import constant, has, view
from modtools.kernel.log import ALERT, CRIT, EMERG, ERR, INFO, NOTICE, WARNING


@variable("br_fdb_test_addr_hook", 8)
def br_fdb_test_addr_hook(_guest: Guest, _address: int) -> None:
    """Leave the hook NULL, until the module bridge sets it."""


@function("bool dev_valid_name(const char *name)")
def dev_valid_name(guest: Guest, text: int) -> bool:
    """Return whether a text can name a network device: up to fifteen bytes, no slash, colon or blank."""
    name = guest.memory.text(text, 16)
    return 0 < len(name) < 16 and name not in (b".", b"..") and not any(c in b"/:" + WHITE_SPACE for c in name)


_GRO = "gro"
"""What napi_struct has for itself in 7.3 of what was among its own fields in 6.12."""
_UP, _DROPPED_BY_QUEUE = 1, 2
_SCHEDULED, _NETPOLL, _LISTED, NO_BUSY_POLL = 1 << 0, 1 << 3, 1 << 4, 1 << 5


@function(
    "void netif_napi_add_weight(struct net_device *dev, struct napi_struct *napi, void *poll, int weight)",
    "void netif_napi_add_weight_locked(struct net_device *dev, struct napi_struct *napi, void *poll, int weight)",
)
def netif_napi_add_weight(guest: Guest, device: int, address: int, poll: int, weight: int) -> None:
    """Add a poll function to a device; it is off until `napi_enable()`."""
    napi = view(guest, "napi_struct", address)
    if napi.state & _LISTED:
        return
    offloaded = getattr(napi, _GRO) if has(guest, "napi_struct", _GRO) else napi
    for head in (napi.address("poll_list"), offloaded.address("rx_list")):
        listhead.init(guest, head)
    napi.poll, napi.weight, napi.dev, napi.poll_owner = poll, weight, device, -1
    napi.state |= _LISTED | _SCHEDULED | _NETPOLL
    listhead.add(guest, napi.address("dev_list"), view(guest, "net_device", device).address("napi_list"))


@function("void __netif_napi_del(struct napi_struct *napi)", "void __netif_napi_del_locked(struct napi_struct *napi)")
def netif_napi_del(guest: Guest, address: int) -> None:
    """Remove a poll function from its device's list."""
    napi = view(guest, "napi_struct", address)
    if napi.state & _LISTED:
        napi.state &= ~_LISTED
        listhead.take_out(guest, napi.address("dev_list"))


@function("void napi_enable(struct napi_struct *n)")
def napi_enable(guest: Guest, address: int) -> None:
    """Allow a poll function to be scheduled."""
    view(guest, "napi_struct", address).state &= ~(_SCHEDULED | _NETPOLL)


@function("void napi_disable(struct napi_struct *n)")
def napi_disable(guest: Guest, address: int) -> None:
    """Keep a poll function from being scheduled."""
    view(guest, "napi_struct", address).state |= _SCHEDULED | _NETPOLL


@function("int register_netdevice_notifier(struct notifier_block *nb)")
def register_netdevice_notifier(guest: Guest, block: int) -> int:
    """Register a notifier and tell it of each device that is there; return 0, or its error, which takes it out
    again.
    """
    guest.address_of("init_net")
    table = guest.table("netdev_notifiers")
    if block in table:
        raise Needs("notifier callback already registered")
    table[block] = 1
    netdevices.lock(guest)
    result = next((bad for dev in list(guest.table("netdevs")) if (bad := notify(guest, REGISTER, dev, [block]))), 0)
    if result:
        del table[block]
    netdevices.unlock(guest)
    return int(result)


@function("int unregister_netdevice_notifier(struct notifier_block *nb)")
def unregister_netdevice_notifier(guest: Guest, block: int) -> int:
    """Unregister a notifier and tell it that each device goes; return 0."""
    netdevices.lock(guest)
    guest.table("netdev_notifiers").pop(block, None)
    for device in list(guest.table("netdevs")):
        notify(guest, UNREGISTER, device, [block])
    netdevices.unlock(guest)
    return 0


@function(
    "struct net_device *alloc_netdev_mqs(int sizeof_priv, const char *name, unsigned char name_assign_type,"
    " void *setup, unsigned int txqs, unsigned int rxqs)"
)
def alloc_netdev_mqs(guest: Guest, private: int, name: int, assigned: int, setup: int, txqs: int, rxqs: int) -> int:
    """Allocate a network device, call `setup`, and return it; it is not registered yet."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, private, guest.memory.text(name), txqs, rxqs)
    guest.call(setup, dev.address())
    dev.name_assign_type = assigned
    return dev.address()


@function("struct net_device *alloc_netdev_dummy(int sizeof_priv)")
def alloc_netdev_dummy(guest: Guest, private: int) -> int:
    """Allocate a device that only polls: it is never registered, and up already."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, private, b"dummy#", 1, 1)
    dev.reg_state = constant(guest, "NETREG_DUMMY")
    for bit in (constant(guest, "__LINK_STATE_START"), constant(guest, "__LINK_STATE_PRESENT")):
        dev.state |= 1 << bit
    return dev.address()


@function("void free_netdev(struct net_device *dev)")
def free_netdev(guest: Guest, address: int) -> None:
    """Free a device that was never registered, or is unregistered."""
    netdevices.release(guest, address)


@function("int register_netdevice(struct net_device *dev)")
def register_netdevice(guest: Guest, address: int) -> int:
    """Register a device, with the rtnl lock held; return 0 or an error."""
    return netdevices.register(guest, address)


@function("int register_netdev(struct net_device *dev)")
def register_netdev(guest: Guest, address: int) -> int:
    """Take the rtnl lock and register a device; return 0 or an error."""
    netdevices.lock(guest)
    result = netdevices.register(guest, address)
    netdevices.unlock(guest)
    return result


@function("void unregister_netdevice_queue(struct net_device *dev, struct list_head *head)")
def unregister_netdevice_queue(guest: Guest, address: int, head: int) -> None:
    """Unregister a device at once, or with a `head` put it at the end of that list."""
    if not head:
        netdevices.unregister(guest, address)
        return
    listhead.add_tail(guest, netdev(guest, address).unreg_list.address(), head)


@function("void unregister_netdevice_many(struct list_head *head)")
def unregister_netdevice_many(guest: Guest, head: int) -> None:
    """Unregister all devices of a list, and empty it."""
    netdevices.unregister_many(guest, head)


@function("void unregister_netdev(struct net_device *dev)")
def unregister_netdev(guest: Guest, address: int) -> None:
    """Take the rtnl lock and unregister a device."""
    netdevices.lock(guest)
    netdevices.unregister(guest, address)
    netdevices.unlock(guest)


_STATES = (" (uninitialized)", "", " (unregistering)", " (unregistered)", " (released)", " (dummy)")


def _netdev_message(guest: Guest, address: int, message: bytes) -> str:
    """Return a message with the names of the device and of its parent before it, as `__netdev_printk()` writes it."""
    said = message.decode("utf-8", "surrogateescape")
    if not address:
        return f"(NULL net_device): {said}"
    dev, name = netdev(guest, address), name_of(guest, address)
    if not name or "%" in name:
        name = "(unnamed net_device)"
    if dev.reg_state >= len(_STATES):
        raise Needs("the warning about a network device of no known state")
    bus = f"{device_prefix(guest, dev.dev.parent)} " if dev.dev.parent else ""
    return f"{bus}{name}{_STATES[dev.reg_state]}: {said}"


function("void netdev_emerg(const struct net_device *dev, const char *format, ...)")(
    message_logger(EMERG, _netdev_message)
)
function("void netdev_alert(const struct net_device *dev, const char *format, ...)")(
    message_logger(ALERT, _netdev_message)
)
function("void netdev_crit(const struct net_device *dev, const char *format, ...)")(
    message_logger(CRIT, _netdev_message)
)
function("void netdev_err(const struct net_device *dev, const char *format, ...)")(message_logger(ERR, _netdev_message))
function("void netdev_warn(const struct net_device *dev, const char *format, ...)")(
    message_logger(WARNING, _netdev_message)
)
function("void netdev_notice(const struct net_device *dev, const char *format, ...)")(
    message_logger(NOTICE, _netdev_message)
)
function("void netdev_info(const struct net_device *dev, const char *format, ...)")(
    message_logger(INFO, _netdev_message)
)


@function("void netdev_printk(const char *level, const struct net_device *dev, const char *format, ...)")
def netdev_printk(guest: Guest, level: int, address: int, fmt: int, values: Values) -> None:
    """Log a message about a device. The level is the digit behind the SOH in `level`."""
    number = guest.memory.u8(level + 1) - ord("0")
    guest.log(number, _netdev_message(guest, address, vsprintf(guest, guest.memory.text(fmt), values)))


@function("struct net_device *dev_get_by_name(struct net *net, const char *name)")
def dev_get_by_name(guest: Guest, net: int, name: int) -> int:
    """Return the device of a name and take a reference, counted for the processor; 0 if there is none."""
    found = int(dev_get_by_name_rcu(guest, net, name))
    if found:
        place = guest.per_cpu.here(netdev(guest, found).pcpu_refcnt)
        guest.memory.put(place, guest.memory.u32(place) + 1, 4)
    return found


@function(
    "struct net_device *dev_get_by_name_rcu(struct net *net, const char *name)",
    "struct net_device *__dev_get_by_name(struct net *net, const char *name)",
)
def dev_get_by_name_rcu(guest: Guest, _net: int, name: int) -> int:
    """Return the device of a name without taking a reference; 0 if there is none. There is only one namespace."""
    guest.address_of("init_net")
    wanted = guest.text(name)
    return next((address for address, known in guest.table("netdevs").items() if known == wanted), 0)


@function("int dev_alloc_name(struct net_device *dev, const char *name)")
def dev_alloc_name(guest: Guest, address: int, pattern: int) -> int:
    """Give a device the first free name of a pattern such as `eth%d`; return its number or -EINVAL."""
    return netdevices.give_number(guest, netdev(guest, address), guest.text(pattern))


function("void dev_add_pack(struct packet_type *pt)")(registrations.registering("packet types"))
function("void dev_remove_pack(struct packet_type *pt)")(registrations.unregistering("packet types"))
function("void synchronize_net(void)")(synchronize_rcu)


@function("int __dev_queue_xmit(struct sk_buff *skb, struct net_device *sb_dev)")
def dev_queue_xmit(guest: Guest, packet: int, _other: int) -> int:
    """Drop a packet that is sent through a device that is down, as its queue does; return NET_XMIT_CN. One that is up
    stops the run.
    """
    device = netdev(guest, skbuff.skb(guest, packet).dev)
    if device.flags & _UP:
        raise Needs("sending a packet")
    skbuff.kfree_skb_reason(guest, packet, 0)
    return _DROPPED_BY_QUEUE
