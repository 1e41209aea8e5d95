"""net/core/dev.c: Network devices, messages about them, and polling."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.base.core import device_prefix, message_logger
from modtools.emulate.linux.fs.seq_file import append
from modtools.emulate.linux.kernel.locking.spinlock import SOFTIRQ_DISABLED, enable_softirqs, softirq_add
from modtools.emulate.linux.kernel.rcu.tree import synchronize_rcu
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.objects import listhead, netdevices, registrations
from modtools.emulate.objects.netdevices import REGISTER, UNREGISTER, name_of, netdev, notify
from modtools.emulate.printf.characters import WHITE_SPACE
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, constant, has, size_of, view
from modtools.emulate.tasks import preemption, softnet
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
_UP, _DROPPED_BY_QUEUE, _DROPPED = 1, 2, 1
_PARTIAL, _CONSUMED = 3, 0x10
_STOPPED, _DRIVER_STOPPED = 7, 1
_UNSET = 0xFFFF
_ALL_PROTOCOLS = 0x0300
"""ETH_P_ALL as it stands in memory, in the network's order of bytes."""
_OWN, _VLAN = (0x0008, 0x0608, 0xDD86), (0x0081, 0xA888)
"""The same of IPv4, ARP and IPv6, and of VLANs."""
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
    return _held(guest, int(dev_get_by_name_rcu(guest, net, name)))


def _held(guest: Guest, address: int) -> int:
    """Take a reference on a device, and return it; 0 is left."""
    if address:
        place = guest.per_cpu.here(netdev(guest, address).pcpu_refcnt)
        guest.memory.put(place, guest.memory.u32(place) + 1, 4)
    return address


@function(
    "struct net_device *dev_get_by_name_rcu(struct net *net, const char *name)",
    "struct net_device *__dev_get_by_name(struct net *net, const char *name)",
)
def dev_get_by_name_rcu(guest: Guest, _net: int, name: int) -> int:
    """Return the device of a name without taking a reference; 0 if there is none. There is only one namespace."""
    guest.address_of("init_net")
    wanted = guest.text(name)
    return next((address for address, known in guest.table("netdevs").items() if known == wanted), 0)


@function(
    "struct net_device *dev_get_by_index_rcu(struct net *net, int ifindex)",
    "struct net_device *__dev_get_by_index(struct net *net, int ifindex)",
)
def dev_get_by_index_rcu(guest: Guest, _net: int, index: int) -> int:
    """Return the device of a number without taking a reference; 0 if there is none."""
    guest.address_of("init_net")
    return next((address for address in guest.table("netdevs") if netdev(guest, address).ifindex == index), 0)


@function("struct net_device *dev_get_by_index(struct net *net, int ifindex)")
def dev_get_by_index(guest: Guest, net: int, index: int) -> int:
    """Return the device of a number and take a reference, counted for the processor; 0 if there is none."""
    return _held(guest, int(dev_get_by_index_rcu(guest, net, index)))


@function("int dev_alloc_name(struct net_device *dev, const char *name)")
def dev_alloc_name(guest: Guest, address: int, pattern: int) -> int:
    """Give a device the first free name of a pattern such as `eth%d`; return its number or -EINVAL."""
    return netdevices.give_number(guest, netdev(guest, address), guest.text(pattern))


# Bringing devices up, and their settings.


@function("int dev_open(struct net_device *dev, struct netlink_ext_ack *extack)")
def dev_open(guest: Guest, address: int, _extack: int) -> int:
    """Bring a device up, with the rtnl lock held; return 0, also for one that is up, or an error. IPv6 of the kernel's
    own, which would send packets through it, is not there.
    """
    if netdev(guest, address).flags & _UP:
        return 0
    result = netdevices.open_(guest, address)
    if result >= 0:
        notify(guest, netdevices.UP, address)
    return result


@function("void dev_close(struct net_device *dev)")
def dev_close(guest: Guest, address: int) -> None:
    """Take a device down, with the rtnl lock held."""
    netdevices.close(guest, address)


@function("unsigned int dev_get_flags(const struct net_device *dev)")
def dev_get_flags(guest: Guest, address: int) -> int:
    """Return a device's flags as programs see them."""
    return netdevices.shown_flags(guest, address)


@function("int dev_change_flags(struct net_device *dev, unsigned int flags, struct netlink_ext_ack *extack)")
def dev_change_flags(guest: Guest, address: int, flags: int, _extack: int) -> int:
    """Set the flags of a device, which can bring it up or take it down; return 0 or an error."""
    return netdevices.change_flags(guest, address, flags)


@function("int dev_set_mtu(struct net_device *dev, int new_mtu)")
def dev_set_mtu(guest: Guest, address: int, mtu: int) -> int:
    """Set a device's MTU; return 0 or an error."""
    return netdevices.set_mtu(guest, address, mtu)


# Counters.

STATISTICS = (
    *("rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_errors", "tx_errors", "rx_dropped", "tx_dropped"),
    *("multicast", "collisions", "rx_length_errors", "rx_over_errors", "rx_crc_errors", "rx_frame_errors"),
    *("rx_fifo_errors", "rx_missed_errors", "tx_aborted_errors", "tx_carrier_errors", "tx_fifo_errors"),
    *("tx_heartbeat_errors", "tx_window_errors", "rx_compressed", "tx_compressed", "rx_nohandler"),
)
"""The counters in the order of `struct rtnl_link_stats64`; the last one is not in `struct net_device_stats`."""
_OWN_COUNTERS = len(STATISTICS) - 1


def statistics(guest: Guest, address: int) -> dict[str, int]:
    """Return a device's counters by their names, with what the kernel itself dropped (`dev_get_stats()`)."""
    dev = netdev(guest, address)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    place, count = dev.address("stats"), _OWN_COUNTERS
    own = 0
    if ops.ndo_get_stats64:
        own = place = guest.heap.kmalloc(size_of(guest, "rtnl_link_stats64"))
        guest.call(ops.ndo_get_stats64, address, place)
        count = len(STATISTICS)
    elif ops.ndo_get_stats:
        place = guest.call(ops.ndo_get_stats, address)
    raw = guest.memory.read(place, 8 * count)
    guest.heap.free(own)
    numbers = [int.from_bytes(raw[at : at + 8], "little") for at in range(0, len(raw), 8)]
    found = dict.fromkeys(STATISTICS, 0) | dict(zip(STATISTICS, numbers, strict=False))
    for name, dropped in guest.table("dropped packets").get(address, {}).items():
        found[name] += dropped
    return found


def _count_drop(guest: Guest, address: int, name: str) -> None:
    counters = guest.table("dropped packets").setdefault(address, {})
    counters[name] = counters.get(name, 0) + 1


_HEADING = (
    b"Inter-|   Receive                                                |  Transmit\n"
    b" face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier"
    b" compressed\n"
)
_COLUMNS = (
    *(("rx_bytes",), ("rx_packets",), ("rx_errors",), ("rx_dropped", "rx_missed_errors"), ("rx_fifo_errors",)),
    ("rx_length_errors", "rx_over_errors", "rx_crc_errors", "rx_frame_errors"),
    *(("rx_compressed",), ("multicast",), ("tx_bytes",), ("tx_packets",), ("tx_errors",), ("tx_dropped",)),
    *(("tx_fifo_errors",), ("collisions",)),
    ("tx_carrier_errors", "tx_aborted_errors", "tx_window_errors", "tx_heartbeat_errors"),
    ("tx_compressed",),
)
_WIDTHS = (7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10)


@function("int dev_seq_show(struct seq_file *seq, void *v)")
def dev_seq_show(guest: Guest, seq: int, _value: int) -> int:
    """Write /proc/net/dev: a line of counters for each device (`net/core/net-procfs.c`); return 0."""
    append(guest, seq, _HEADING)
    for address in guest.table("netdevs"):
        counters = statistics(guest, address)
        numbers = (sum(counters[name] for name in names) for names in _COLUMNS)
        columns = [f"{number:{width}}" for number, width in zip(numbers, _WIDTHS, strict=True)]
        append(guest, seq, f"{name_of(guest, address):>6}: {' '.join(columns)}\n".encode("utf-8", "surrogateescape"))
    return 0


# Sending.


@function("int __dev_queue_xmit(struct sk_buff *skb, struct net_device *sb_dev)")
def dev_queue_xmit(guest: Guest, packet: int, _other: int) -> int:
    """Send a packet through its device; return 0. It waits while the device's queue is stopped. A device that is down,
    or has no carrier, drops it: NET_XMIT_CN.
    """
    row = skbuff.skb(guest, packet)
    device = netdev(guest, row.dev)
    row.mac_header = row.data - row.head
    if not device.flags & _UP or device.state & netdevices.NO_CARRIER:
        skbuff.kfree_skb_reason(guest, packet, 0)
        return _DROPPED_BY_QUEUE
    _check_sent(guest, row)
    softirq_add(guest, SOFTIRQ_DISABLED)
    waiting = guest.table("packets to send").setdefault(device.address(), [])
    waiting.append(packet)
    _send_waiting(guest, device.address())
    enable_softirqs(guest)
    return 0


def _check_sent(guest: Guest, packet: View) -> None:
    """Raise Needs for a packet of which more is to be done than to hand it to its device."""
    shared = view(guest, "skb_shared_info", packet.head + packet.end)
    if packet.ip_summed == _PARTIAL or shared.gso_size:
        raise Needs("sending a packet whose checksum or parts the kernel makes")
    if any(view(guest, "packet_type", tap).type == _ALL_PROTOCOLS for tap in guest.table("registered packet types")):
        raise Needs("sending a packet that somebody listens to")


def _send_waiting(guest: Guest, address: int) -> None:
    """Hand the packets that wait to their device, as long as its queue is not stopped, one after the other."""
    waiting, busy = guest.table("packets to send").setdefault(address, []), guest.table("sending")
    if address in busy:
        return
    queue = view(guest, "netdev_queue", netdev(guest, address)._tx)
    busy[address] = 1
    try:
        while waiting and not queue.state & _STOPPED:
            _transmit(guest, address, waiting.pop(0))
    finally:
        del busy[address]


def _transmit(guest: Guest, address: int, packet: int) -> None:
    ops = view(guest, "net_device_ops", netdev(guest, address).netdev_ops)
    skbuff.skb(guest, packet).next = 0
    preemption.add(guest, 1)  # the lock of the queue
    result = guest.call_signed(ops.ndo_start_xmit, packet, address)
    preemption.add(guest, -1)
    if result >= _CONSUMED:
        raise Needs("a network device that is too busy to send")


@function("void netif_tx_wake_queue(struct netdev_queue *dev_queue)")
def netif_tx_wake_queue(guest: Guest, address: int) -> None:
    """Let a device's queue go on that was stopped; a softirq sends what waits."""
    queue = view(guest, "netdev_queue", address)
    if queue.state & _DRIVER_STOPPED:
        queue.state &= ~_DRIVER_STOPPED
        softnet.send_later(guest, queue.dev)


@function("void net_tx_action(struct net_device *dev)")
def net_tx_action(guest: Guest, address: int) -> None:
    """Send what waits for a device, in the softirq for that, which is of the kernel's own."""
    _send_waiting(guest, address)


@function(
    "void __dev_kfree_skb_any(struct sk_buff *skb, enum skb_free_reason reason)",
    "void __dev_kfree_skb_irq(struct sk_buff *skb, enum skb_free_reason reason)",
    "void dev_kfree_skb_any_reason(struct sk_buff *skb, enum skb_drop_reason reason)",
    "void dev_kfree_skb_irq_reason(struct sk_buff *skb, enum skb_drop_reason reason)",
)
def dev_kfree_skb_any(guest: Guest, packet: int, reason: int) -> None:
    """Give a reference on a packet back; in an interrupt Linux does that a moment later."""
    skbuff.kfree_skb_reason(guest, packet, reason)


@function("void netif_carrier_off(struct net_device *dev)")
def netif_carrier_off(guest: Guest, address: int) -> None:
    """Note that a device has no carrier."""
    _change_carrier(guest, address, "carrier_down_count", there=False)


@function("void netif_carrier_on(struct net_device *dev)")
def netif_carrier_on(guest: Guest, address: int) -> None:
    """Note that a device has a carrier."""
    _change_carrier(guest, address, "carrier_up_count", there=True)


def _change_carrier(guest: Guest, address: int, counter: str, *, there: bool) -> None:
    """Change whether a device has a carrier, and count that once it is registered; one that is up stops the run,
    because who wants to know is told later.
    """
    dev = netdev(guest, address)
    if there != bool(dev.state & netdevices.NO_CARRIER):
        return
    if dev.reg_state and dev.state & netdevices.START:
        raise Needs("the carrier of a network device that changes while it is up")
    dev.state ^= netdevices.NO_CARRIER
    if dev.reg_state:
        setattr(dev, counter, getattr(dev, counter) + 1)
        dev.operstate = netdevices.OPER_UP if there else netdevices.OPER_DOWN


# Receiving.


@function("int netif_rx(struct sk_buff *skb)", "int __netif_rx(struct sk_buff *skb)")
def netif_rx(guest: Guest, packet: int) -> int:
    """Let the kernel receive a packet, in a softirq; return 0, or NET_RX_DROP where its device is down or too many
    wait.
    """
    device = netdev(guest, skbuff.skb(guest, packet).dev)
    if not device.state & netdevices.START or not softnet.receive_later(guest, packet):
        _count_drop(guest, device.address(), "rx_dropped")
        skbuff.kfree_skb_reason(guest, packet, 0)
        return _DROPPED
    guest.scheduler.softirqs_enabled()
    return 0


@function("int netif_receive_skb(struct sk_buff *skb)", "int netif_receive_skb_core(struct sk_buff *skb)")
def netif_receive_skb(guest: Guest, packet: int) -> int:
    """Hand a packet to those who want its protocol; return what the last of them says, or NET_RX_DROP if there is
    none. The kernel's own protocols have no address on a module's device, and drop what comes; one that netfilter's
    hooks want to see stops the run, and so do bridges and VLANs.
    """
    row = skbuff.skb(guest, packet)
    device = netdev(guest, row.dev)
    row.network_header = row.data - row.head
    if row.transport_header == _UNSET:
        row.transport_header = row.network_header
    row.mac_len, row.skb_iif = row.network_header - row.mac_header, device.ifindex
    if device.rx_handler or row.protocol in _VLAN:
        raise Needs("receiving a packet for a bridge or a VLAN")
    if row.protocol in _OWN and guest.table("nf_hooks"):
        raise Needs("receiving a packet that netfilter looks at")
    handlers = [at for at in reversed(guest.table("registered packet types")) if _wants(guest, at, row)]
    if not handlers:
        if row.protocol not in _OWN:
            _count_drop(guest, row.dev, "rx_dropped")
        skbuff.kfree_skb_reason(guest, packet, 0)
        return _DROPPED
    for handler in handlers[:-1]:
        row.users.refs += 1
        _deliver(guest, handler, packet, row.dev)
    return _deliver(guest, handlers[-1], packet, row.dev)


def _wants(guest: Guest, address: int, packet: View) -> bool:
    kind = view(guest, "packet_type", address)
    return kind.type in (packet.protocol, _ALL_PROTOCOLS) and kind.dev in (0, packet.dev)


def _deliver(guest: Guest, handler: int, packet: int, device: int) -> int:
    return guest.call_signed(view(guest, "packet_type", handler).func, packet, device, handler, device)


# Polling.


@function("bool napi_schedule_prep(struct napi_struct *n)")
def napi_schedule_prep(guest: Guest, address: int) -> bool:
    """Return whether a device may be scheduled to be polled: not if it is already, or is off."""
    napi = view(guest, "napi_struct", address)
    if napi.state & softnet.DISABLED:
        return False
    if napi.state & softnet.SCHEDULED:
        napi.state |= softnet.MISSED
        return False
    napi.state |= softnet.SCHEDULED
    return True


@function("void __napi_schedule(struct napi_struct *n)", "void __napi_schedule_irqoff(struct napi_struct *n)")
def napi_schedule(guest: Guest, address: int) -> None:
    """Let a softirq poll a device."""
    softnet.poll_later(guest, address)


@function("bool napi_complete_done(struct napi_struct *n, int work_done)")
def napi_complete_done(guest: Guest, address: int, _done: int) -> bool:
    """End polling a device; return false if it has been scheduled again meanwhile, and is to be polled once more."""
    napi = view(guest, "napi_struct", address)
    missed = napi.state & softnet.MISSED
    napi.state &= ~(softnet.SCHEDULED | softnet.MISSED)
    if missed:
        napi.state |= softnet.SCHEDULED
        softnet.poll_later(guest, address)
    return not missed


function("void dev_add_pack(struct packet_type *pt)")(registrations.registering("packet types"))
function("void dev_remove_pack(struct packet_type *pt)")(registrations.unregistering("packet types"))
function("void synchronize_net(void)")(synchronize_rcu)
