"""The network: its only namespace, its devices, and what modules have for each namespace.

From Linux 6.1: `net/core/net_namespace.c`, `net/core/dev.c`, `net/core/rtnetlink.c`. Table `pernet`: address of the
operations -> id; `netdevs`: address of the device -> name; `netdev_notifiers`: addresses; `rtnl_links`: kind ->
address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import classes, devices, kobjects, listhead, procfs
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, new, offset_of, size_of, view
from modtools.emulate.tasks import softnet
from modtools.kernel.log import ERR
from modtools.linuxerrno import EEXIST, EINVAL, ENODEV

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


UP, DOWN, CHANGE, REGISTER, UNREGISTER, CHANGE_MTU = 1, 2, 4, 5, 6, 7
GOING_DOWN, PRE_UP, POST_INIT, PRECHANGE_MTU = 10, 14, 17, 23
"""`include/linux/netdevice.h: enum netdev_cmd`, some of it."""
_IFF_UP, _LOOPBACK = 1, 8
_PROMISCUOUS, _ALL_MULTICAST = 0x100, 0x200
_RUNNING, _LOWER_UP, _DORMANT = 0x40, 0x10000, 0x20000
_SETTABLE = 0xF0A4
"""IFF_DEBUG, IFF_NOTRAILERS, IFF_NOARP, IFF_MULTICAST, IFF_PORTSEL, IFF_AUTOMEDIA, IFF_DYNAMIC."""
START, PRESENT, NO_CARRIER, DORMANT, TESTING = 1 << 0, 1 << 1, 1 << 2, 1 << 4, 1 << 5
"""Bits of a device's `state`: `include/linux/netdevice.h: enum netdev_state_t`."""
_OPER_UNKNOWN, OPER_DOWN, OPER_UP = 0, 2, 6
_FIRST_ID, _IDS = 48, 256
_REGISTERED, _UNREGISTERED = 1, 3
_PRIVATE = 32
_STOP = 0x8000


def init_net(guest: Guest) -> View:
    """Return the only network namespace."""
    return view(guest, "net", guest.address_of("init_net"))


def fill_init_net(guest: Guest, address: int) -> None:
    """Fill in what users of the network namespace look at first, with the device lo; all else is 0."""
    net = view(guest, "net", address)
    net.gen = guest.heap.kmalloc(8 * _IDS)
    guest.memory.put(net.gen, _IDS, 4)
    for head in (net.dev_base_head.address(), net.list.address(), net.exit_list.address()):
        listhead.init(guest, head)
    net.ifindex = 1
    net.passive.refs = net.ns.count.refs = 1
    lo = allocate(guest, 0, b"lo", 1, 1)
    lo.nd_net, lo.ifindex, lo.type, lo.flags = address, 1, 772, _LOOPBACK
    lo.addr_len, lo.mtu, lo.hard_header_len, lo.reg_state = 6, 65536, 14, _REGISTERED
    lo.ip_ptr, lo.ip6_ptr = guest.address_of("the addresses of lo"), guest.address_of("the IPv6 addresses of lo")
    lo.netdev_ops, lo.header_ops = new(guest, "net_device_ops").address(), guest.address_of("eth_header_ops")
    lo.state |= PRESENT
    net.loopback_dev = lo.address()
    net.user_ns = guest.address_of("init_user_ns")
    net.proc_net, net.proc_net_stat = procfs.folder(guest, "net"), procfs.folder(guest, "net/stat")
    net.nf.proc_netfilter = procfs.folder(guest, "net/netfilter")
    listhead.add_tail(guest, lo.dev_list.address(), net.dev_base_head.address())
    guest.table("netdevs")[lo.address()] = "lo"
    procfs.create(guest, "dev", 0o444, net.proc_net, "single", guest.address_of("dev_seq_show"))


def register_pernet(guest: Guest, address: int) -> int:
    """Give operations an id and memory, and call init() for the only namespace; return 0 or its error
    (`register_pernet_operations()`).
    """
    ops, net, table = view(guest, "pernet_operations", address), init_net(guest), guest.table("pernet")
    number = 0
    if ops.id:
        number = next(n for n in range(_FIRST_ID, _IDS) if n not in table.values())
        guest.memory.put(ops.id, number, 4)
        if ops.size:
            guest.memory.put(net.gen + 8 * number, guest.heap.kmalloc(guest.bounded(ops.size)), 8)
    table[address] = number
    result = guest.call_signed(ops.init, net.address()) if ops.init else 0
    if result:
        _free(guest, address)
    return result


def _free(guest: Guest, address: int) -> None:
    number = guest.table("pernet").pop(address, 0)
    if number:
        place = init_net(guest).gen + 8 * number
        guest.heap.free(guest.memory.u64(place))
        guest.memory.put(place, 0, 8)


def unregister_pernet(guest: Guest, address: int) -> None:
    """Call pre_exit(), exit() and exit_batch(), and free the operations' memory (`unregister_pernet_operations()`)."""
    ops, net = view(guest, "pernet_operations", address), init_net(guest)
    head, devices_gone = guest.heap.kmalloc(16), guest.heap.kmalloc(16)
    listhead.init(guest, head)
    listhead.init(guest, devices_gone)
    listhead.add_tail(guest, net.exit_list.address(), head)
    if ops.pre_exit:
        guest.call(ops.pre_exit, net.address())
    if ops.exit_batch_rtnl:
        _exit_with_lock(guest, ops.exit_batch_rtnl, head, devices_gone)
    if ops.exit:
        guest.call(ops.exit, net.address())
    if ops.exit_batch:
        guest.call(ops.exit_batch, head)
    listhead.delete(guest, net.exit_list.address())
    guest.heap.free(head)
    guest.heap.free(devices_gone)
    _free(guest, address)


def _exit_with_lock(guest: Guest, call: int, head: int, gone: int) -> None:
    """Call a function under the network's lock; the devices that it puts into a list are unregistered then."""
    lock(guest)
    guest.call(call, head, gone)
    unregister_many(guest, gone)
    unlock(guest)


def lock(guest: Guest) -> None:
    """Take the lock of the network's configuration, as rtnl_lock() does."""
    guest.wait_until(lambda: not guest.table("rtnl").get("held"))
    guest.table("rtnl")["held"] = 1


def unlock(guest: Guest) -> None:
    """Release the lock, and take apart the devices that were unregistered under it, as rtnl_unlock() does."""
    guest.table("rtnl")["held"] = 0
    run_todo(guest)


def netdev(guest: Guest, address: int) -> View:
    """Return the `struct net_device` at an address."""
    return view(guest, "net_device", address)


def allocate(guest: Guest, private: int, name: bytes, txqs: int, rxqs: int) -> View:
    """Return a new network device, before setup() is called (`alloc_netdev_mqs()`)."""
    size = size_of(guest, "net_device")
    dev = netdev(guest, guest.heap.kmalloc(guest.bounded(-(-size // _PRIVATE) * _PRIVATE + private)))
    address = dev.address()
    for field in ("dev_list", "napi_list", "unreg_list", "close_list", "link_watch_list", "ptype_all"):
        listhead.init(guest, dev.address(field))
    for field in ("ptype_specific", "net_notifier_list", "todo_list"):
        listhead.init(guest, dev.address(field))
    for at in (0, 16):
        listhead.init(guest, dev.address("adj_list") + at)
    for field in ("uc", "mc", "dev_addrs"):
        listhead.init(guest, dev.address(field))
    dev.gso_max_size = dev.gro_max_size = dev.tso_max_size = 65536
    dev.gso_max_segs = dev.tso_max_segs = 65535
    dev.upper_level = dev.lower_level = 1
    dev.pcpu_refcnt = guest.per_cpu.pointer(guest.heap.kmalloc(8))
    hardware = new(guest, "netdev_hw_addr")
    listhead.add_tail(guest, hardware.list.address(), dev.dev_addrs.address("list"))
    dev.dev_addr = hardware.address("addr")
    for field, kind, count in (("_tx", "netdev_queue", txqs), ("_rx", "netdev_rx_queue", rxqs)):
        queues = guest.heap.kmalloc(guest.bounded(size_of(guest, kind) * count))
        setattr(dev, field, queues)
        for number in range(count):
            guest.memory.put(queues + size_of(guest, kind) * number + offset_of(guest, kind, "dev"), address, 8)
    dev.num_tx_queues = dev.real_num_tx_queues = txqs
    dev.num_rx_queues = dev.real_num_rx_queues = rxqs
    dev.nd_net = guest.address_of("init_net") if "netdevs" in guest.tables else 0
    guest.memory.write(dev.address("name"), name[:15] + b"\0")
    return dev


def name_of(guest: Guest, address: int) -> str:
    """Return the name of a network device."""
    return guest.text(netdev(guest, address).address("name"), 16)


def give_number(guest: Guest, dev: View, pattern: str) -> int:
    """Name a device by a pattern, whose one %d becomes the first number that makes a free name; return that number, or
    -EINVAL for any other pattern (`__dev_alloc_name()`).
    """
    if pattern.count("%") != 1 or "%d" not in pattern:
        return -EINVAL
    taken = guest.table("netdevs").values()
    number = next(n for n in range(1 << 15) if pattern.replace("%d", str(n)) not in taken)
    name = pattern.replace("%d", str(number)).encode("utf-8", "surrogateescape")
    guest.memory.write(dev.address("name"), name[:15] + b"\0")
    return number


def _check_name(guest: Guest, dev: View) -> int:
    """Give a device a number in its name if it asks for one; return 0, -EINVAL, or -EEXIST for a name that is taken
    (`dev_get_valid_name()`).
    """
    text = name_of(guest, dev.address())
    if "%" in text:
        return min(give_number(guest, dev, text), 0)
    return -EEXIST if text in guest.table("netdevs").values() else 0


def register(guest: Guest, address: int) -> int:
    """Register a network device; return 0 or an error (`register_netdevice()`)."""
    dev, net = netdev(guest, address), init_net(guest)
    dev.nd_net = dev.nd_net or net.address()
    result = _check_name(guest, dev)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    if not result and ops.ndo_init:
        result = guest.call_signed(ops.ndo_init, address)
    if result:
        return result
    if not dev.ifindex:
        net.ifindex = dev.ifindex = net.ifindex + 1
    notify(guest, POST_INIT, address)
    text = name_of(guest, address)
    _sysfs(guest, dev, text)
    dev.reg_state = _REGISTERED
    listhead.add_tail(guest, dev.dev_list.address(), net.dev_base_head.address())
    guest.table("netdevs")[address] = text
    dev.state |= PRESENT
    notify(guest, REGISTER, address)
    return 0


def _sysfs(guest: Guest, dev: View, text: str) -> None:
    """Add a network device to /sys (`netdev_register_kobject()`)."""
    own, groups = dev.dev, dev.address("sysfs_groups")
    parent = own.parent
    devices.initialize(guest, own.address())
    own.parent, own.groups = parent, groups
    guest.memory.put(groups + 8 * bool(guest.memory.u64(groups)), guest.address_of("netstat_group"), 8)
    setattr(own, "class", net_class(guest))
    kobjects.set_name(guest, own.address(), text.encode("utf-8", "surrogateescape"))
    devices.add(guest, own.address())


def net_class(guest: Guest) -> int:
    """Return the class net, which has the device lo once there is a folder for it."""
    address = classes.built_in(guest, "net", "netdev_release")
    cls = view(guest, "class", address)
    if not cls.dev_groups:
        cls.dev_groups, cls.dev_uevent = guest.address_of("net_class_groups"), guest.address_of("netdev_uevent")
        _sysfs(guest, netdev(guest, init_net(guest).loopback_dev), "lo")
    return address


def unregister(guest: Guest, address: int) -> None:
    """Unregister a network device, which `run_todo()` takes apart later (`unregister_netdevice_many()`)."""
    dev = netdev(guest, address)
    close(guest, address)
    for packet in softnet.packets_of(guest, address):
        guest.call(guest.address_of("kfree_skb_reason"), packet, 0)
    listhead.delete(guest, dev.dev_list.address())
    notify(guest, UNREGISTER, address)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    if ops.ndo_uninit:
        guest.call(ops.ndo_uninit, address)
    guest.table("netdevs").pop(address, None)
    kobjects.get(guest, dev.dev.address())  # given back by run_todo()
    devices.remove(guest, dev.dev.address())
    dev.reg_state = _UNREGISTERED
    guest.table("netdev_todo")[address] = 1


def open_(guest: Guest, address: int) -> int:
    """Bring a device up that is down; return 0 or an error (`__dev_open()`)."""
    dev = netdev(guest, address)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    if not dev.state & PRESENT:
        return -ENODEV
    if refused := notify(guest, PRE_UP, address):
        return refused
    dev.state |= START
    result = guest.call_signed(ops.ndo_validate_addr, address) if ops.ndo_validate_addr else 0
    if not result and ops.ndo_open:
        result = guest.call_signed(ops.ndo_open, address)
    if result:
        dev.state &= ~START
        return result
    dev.flags |= _IFF_UP
    set_receive_mode(guest, address)
    return 0


def set_receive_mode(guest: Guest, address: int) -> None:
    """Tell a device that is up which packets are wanted (`dev_set_rx_mode()`)."""
    dev = netdev(guest, address)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    if dev.flags & _IFF_UP and dev.state & PRESENT and ops.ndo_set_rx_mode:
        guest.call(ops.ndo_set_rx_mode, address)


def close_(guest: Guest, address: int) -> None:
    """Take a device down that is up (`__dev_close_many()`)."""
    dev = netdev(guest, address)
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    notify(guest, GOING_DOWN, address)
    dev.state &= ~START
    if ops.ndo_stop:
        guest.call(ops.ndo_stop, address)
    dev.flags &= ~_IFF_UP


def close(guest: Guest, address: int) -> None:
    """Take a device down, and tell those who want to know; one that is down is left (`dev_close()`)."""
    if netdev(guest, address).flags & _IFF_UP:
        close_(guest, address)
        notify(guest, DOWN, address)


def shown_flags(guest: Guest, address: int) -> int:
    """Return a device's flags with what follows from its state (`dev_get_flags()`)."""
    dev = netdev(guest, address)
    kept = _PROMISCUOUS | _ALL_MULTICAST
    flags = dev.flags & ~(kept | _RUNNING | _LOWER_UP | _DORMANT) | dev.gflags & kept
    if dev.state & START:
        flags |= _RUNNING if dev.operstate in (OPER_UP, _OPER_UNKNOWN) else 0
        flags |= 0 if dev.state & NO_CARRIER else _LOWER_UP
        flags |= _DORMANT if dev.state & DORMANT else 0
    return int(flags)


def change_flags(guest: Guest, address: int, wanted: int) -> int:
    """Set those flags of a device that may be set, which can bring it up or take it down; return 0 or an error
    (`dev_change_flags()`). Promiscuous devices stop the run.
    """
    dev = netdev(guest, address)
    before = dev.flags
    if (wanted ^ dev.gflags) & (_PROMISCUOUS | _ALL_MULTICAST):
        raise Needs("promiscuous network devices")
    dev.flags = wanted & _SETTABLE | before & ~_SETTABLE
    set_receive_mode(guest, address)
    result = 0
    if (before ^ wanted) & _IFF_UP:
        if before & _IFF_UP:
            close_(guest, address)
        else:
            result = open_(guest, address)
    if result < 0:
        return result
    changed = dev.flags ^ before
    if changed & _IFF_UP:
        notify(guest, UP if dev.flags & _IFF_UP else DOWN, address)
    if dev.flags & _IFF_UP and changed & _SETTABLE:
        notify(guest, CHANGE, address)
    return 0


def set_mtu(guest: Guest, address: int, mtu: int) -> int:
    """Set a device's MTU; return 0 or an error. One that the device refuses is logged (`dev_set_mtu()`)."""
    dev = netdev(guest, address)
    if mtu == dev.mtu:
        return 0
    for wrong, text in (
        (mtu < 0 or mtu < dev.min_mtu, "mtu less than device minimum"),
        (dev.max_mtu and mtu > dev.max_mtu, "mtu greater than device maximum"),
    ):
        if wrong:
            guest.printk(ERR, f"{name_of(guest, address)}: {text}")
            return -EINVAL
    if not dev.state & PRESENT:
        return -ENODEV
    if refused := notify(guest, PRECHANGE_MTU, address):
        return refused
    before = dev.mtu
    result = _set_mtu(guest, dev, mtu)
    if not result and (result := notify(guest, CHANGE_MTU, address)):
        _set_mtu(guest, dev, before)
        notify(guest, CHANGE_MTU, address)
    return result


def _set_mtu(guest: Guest, dev: View, mtu: int) -> int:
    ops = view(guest, "net_device_ops", dev.netdev_ops)
    if ops.ndo_change_mtu:
        return guest.call_signed(ops.ndo_change_mtu, dev.address(), mtu)
    dev.mtu = mtu
    return 0


def run_todo(guest: Guest) -> None:
    """Take apart the devices that were unregistered, when the lock is given back (`netdev_run_todo()`)."""
    todo = guest.table("netdev_todo")
    while todo:
        address = next(iter(todo))
        del todo[address]
        dev = netdev(guest, address)
        if dev.priv_destructor:
            guest.call(dev.priv_destructor, address)
        if dev.needs_free_netdev:
            release(guest, address)
        kobjects.put(guest, dev.dev.address())


def release(guest: Guest, address: int) -> None:
    """Free what a network device has, and give a reference on it back (`free_netdev()`)."""
    dev = netdev(guest, address)
    for pointer in (dev._tx, dev._rx, guest.per_cpu.here(dev.pcpu_refcnt)):
        guest.heap.free(pointer)
    if not dev.dev.kobj.state_initialized:
        guest.heap.free(address)
    else:
        kobjects.put(guest, dev.dev.address())


def notify(guest: Guest, event: int, address: int, blocks: list[int] | None = None) -> int:
    """Tell notifiers of a device (all, or those of `blocks`); return 0, or the error of one that stops."""
    for block in list(guest.table("netdev_notifiers")) if blocks is None else blocks:
        info = new(guest, "netdev_notifier_info")
        info.dev = address
        result = guest.call_signed(view(guest, "notifier_block", block).notifier_call, block, event, info.address())
        guest.heap.free(info.address())
        if result & _STOP:
            return -(result & ~_STOP) + 1 if result > _STOP + 1 else -EINVAL
    return 0


def unregister_many(guest: Guest, head: int) -> None:
    """Unregister all devices of a list, and empty it, as unregister_netdevice_many() does."""
    for at in listhead.entries(guest, head):
        unregister(guest, at - view(guest, "net_device", 0).address("unreg_list"))
    listhead.init(guest, head)
