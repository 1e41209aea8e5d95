"""The network's namespace and devices.

From Linux 6.1: `net/core/net_namespace.c`, `net/core/dev.c`, `net/core/rtnetlink.c`,
`net/ethernet/eth.c`.
"""

from __future__ import annotations

from modtools.emulate import listhead, netdevices
from modtools.emulate.guest import Guest
from modtools.emulate.netdevices import REGISTER, UNREGISTER, netdev, notify
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view
from modtools.linuxerrno import EEXIST


@variable("init_net", 4480)
def init_net(guest: Guest, address: int) -> None:
    """`net/core/net_namespace.c`: Fill in the only network namespace."""
    netdevices.fill_init_net(guest, address)


@variable("net_namespace_list", 16)
def net_namespace_list(guest: Guest, address: int) -> None:
    """`net/core/net_namespace.c`: Make a list of network namespaces that holds only `init_net`."""
    listhead.init(guest, address)
    listhead.add(guest, netdevices.init_net(guest).list.address(), address)


@variable("pernet_ops_rwsem", 40)
def pernet_ops_rwsem(guest: Guest, address: int) -> None:
    """`net/core/net_namespace.c`: Initialise the semaphore as free."""
    listhead.init(guest, view(guest, "rw_semaphore", address).wait_list.address())


@variable("net_rwsem", 40)
def net_rwsem(guest: Guest, address: int) -> None:
    """`net/core/net_namespace.c`: Initialise the semaphore as free."""
    pernet_ops_rwsem(guest, address)


@function(
    "int register_pernet_subsys(struct pernet_operations *ops)",
    "int register_pernet_device(struct pernet_operations *ops)",
)
def register_pernet(guest: Guest, ops: int) -> int:
    """`net/core/net_namespace.c`: Register operations and call init() for the only namespace; return 0 or its error."""
    return netdevices.register_pernet(guest, ops)


@function(
    "void unregister_pernet_subsys(struct pernet_operations *ops)",
    "void unregister_pernet_device(struct pernet_operations *ops)",
)
def unregister_pernet(guest: Guest, ops: int) -> None:
    """`net/core/net_namespace.c`: Call exit() for the only namespace and unregister the operations."""
    netdevices.unregister_pernet(guest, ops)


@function("int register_netdevice_notifier(struct notifier_block *nb)")
def register_netdevice_notifier(guest: Guest, block: int) -> int:
    """`net/core/dev.c`: Register a notifier and tell it of each device that is there; return 0, or its error, which
    takes it out again.
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
    """`net/core/dev.c`: Unregister a notifier and tell it that each device goes; return 0."""
    netdevices.lock(guest)
    guest.table("netdev_notifiers").pop(block, None)
    for device in list(guest.table("netdevs")):
        notify(guest, UNREGISTER, device, [block])
    netdevices.unlock(guest)
    return 0


@function("void rtnl_lock(void)")
def rtnl_lock(guest: Guest) -> None:
    """`net/core/rtnetlink.c`: Take the lock of the network's configuration."""
    netdevices.lock(guest)


@function("void rtnl_unlock(void)")
def rtnl_unlock(guest: Guest) -> None:
    """`net/core/rtnetlink.c`: Release the lock, and take apart the devices that were unregistered under it."""
    netdevices.unlock(guest)


@function("int rtnl_trylock(void)")
def rtnl_trylock(guest: Guest) -> bool:
    """`net/core/rtnetlink.c`: Take the lock if it is free; return whether it was."""
    free = not guest.table("rtnl").get("held")
    guest.table("rtnl")["held"] = 1
    return free


@function("int rtnl_is_locked(void)")
def rtnl_is_locked(guest: Guest) -> bool:
    """`net/core/rtnetlink.c`: Return whether the lock is held."""
    return bool(guest.table("rtnl").get("held"))


def link_register(guest: Guest, address: int) -> int:
    """Register the operations of a kind of link; return 0, or -EEXIST for a kind that is taken
    (`__rtnl_link_register()`).
    """
    ops, table = view(guest, "rtnl_link_ops", address), guest.table("rtnl_links")
    kind = guest.text(ops.kind)
    if kind in table:
        return -EEXIST
    if (ops.alloc or ops.setup) and not ops.dellink:
        ops.dellink = guest.address_of("unregister_netdevice_queue")
    table[kind] = address
    return 0


def link_unregister(guest: Guest, address: int) -> None:
    """Unregister a kind of link and all devices of it (`__rtnl_link_unregister()`)."""
    ops = view(guest, "rtnl_link_ops", address)
    head = guest.heap.kmalloc(16)
    listhead.init(guest, head)
    for device in list(guest.table("netdevs")):
        if netdev(guest, device).rtnl_link_ops == address:
            guest.call(ops.dellink, device, head)
    netdevices.unregister_many(guest, head)
    guest.heap.free(head)
    guest.table("rtnl_links").pop(guest.text(ops.kind), None)


# `net/core/rtnetlink.c`
function("int __rtnl_link_register(struct rtnl_link_ops *ops)")(link_register)
function("void __rtnl_link_unregister(struct rtnl_link_ops *ops)")(link_unregister)
function("int rtnl_link_register(struct rtnl_link_ops *ops)")(link_register)


@function("void rtnl_link_unregister(struct rtnl_link_ops *ops)")
def rtnl_link_unregister(guest: Guest, address: int) -> None:
    """`net/core/rtnetlink.c`: Take the lock, and unregister a kind of link and all devices of it."""
    netdevices.lock(guest)
    link_unregister(guest, address)
    netdevices.unlock(guest)


@function(
    "int rtnl_register_module(struct module *owner, int protocol, int msgtype, void *doit,"
    " void *dumpit, unsigned int flags)"
)
def rtnl_register_module(
    guest: Guest, owner: int, protocol: int, kind: int, _doit: int, _dumpit: int, _flags: int
) -> int:
    """`net/core/rtnetlink.c`: Note the owner of the handlers of a protocol's message; return 0. The handlers are never
    called.
    """
    guest.table("rtnl_messages")[protocol, kind] = owner
    return 0


@function("int rtnl_unregister(int protocol, int msgtype)")
def rtnl_unregister(guest: Guest, protocol: int, kind: int) -> int:
    """`net/core/rtnetlink.c`: Forget the handlers of a protocol's message; return 0."""
    guest.table("rtnl_messages").pop((protocol, kind), None)
    return 0


@function("void rtnl_unregister_all(int protocol)")
def rtnl_unregister_all(guest: Guest, protocol: int) -> None:
    """`net/core/rtnetlink.c`: Forget the handlers of all messages of a protocol."""
    table = guest.table("rtnl_messages")
    for key in [key for key in table if key[0] == protocol]:
        del table[key]


@function(
    "struct net_device *alloc_netdev_mqs(int sizeof_priv, const char *name, unsigned char name_assign_type,"
    " void *setup, unsigned int txqs, unsigned int rxqs)"
)
def alloc_netdev_mqs(guest: Guest, private: int, name: int, assigned: int, setup: int, txqs: int, rxqs: int) -> int:
    """`net/core/dev.c`: Allocate a network device, call `setup`, and return it; it is not registered yet."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, private, guest.memory.text(name), txqs, rxqs)
    guest.call(setup, dev.address())
    dev.name_assign_type = assigned
    return dev.address()


@function("struct net_device *alloc_etherdev_mqs(int sizeof_priv, unsigned int txqs, unsigned int rxqs)")
def alloc_etherdev_mqs(guest: Guest, private: int, txqs: int, rxqs: int) -> int:
    """`net/ethernet/eth.c`: Allocate an Ethernet device named eth%d and return it; it is not registered yet."""
    guest.address_of("init_net")
    dev = netdevices.allocate(guest, private, b"eth%d", txqs, rxqs)
    ether_setup(guest, dev.address())
    return dev.address()


@function("void ether_setup(struct net_device *dev)")
def ether_setup(guest: Guest, address: int) -> None:
    """`net/ethernet/eth.c`: Fill in what all Ethernet devices have: header, lengths, MTU, flags and
    broadcast address.
    """
    dev = netdev(guest, address)
    dev.header_ops, dev.type = guest.address_of("eth_header_ops"), 1
    dev.hard_header_len = dev.min_header_len = 14
    dev.mtu = dev.max_mtu = 1500
    dev.min_mtu, dev.addr_len, dev.tx_queue_len, dev.flags = 68, 6, 1000, 0x1002
    dev.priv_flags |= 1 << 16
    guest.memory.write(dev.address("broadcast"), b"\xff" * 6)


@function("void free_netdev(struct net_device *dev)")
def free_netdev(guest: Guest, address: int) -> None:
    """`net/core/dev.c`: Free a device that was never registered, or is unregistered."""
    netdevices.release(guest, address)


@function("void netdev_release(struct device *d)")
def netdev_release(guest: Guest, address: int) -> None:
    """`net/core/net-sysfs.c`: Free the memory of a network device, when the last reference on its `struct device` is
    gone.
    """
    guest.heap.free(address - view(guest, "net_device", 0).address("dev"))


@function("int register_netdevice(struct net_device *dev)")
def register_netdevice(guest: Guest, address: int) -> int:
    """`net/core/dev.c`: Register a device, with the rtnl lock held; return 0 or an error."""
    return netdevices.register(guest, address)


@function("int register_netdev(struct net_device *dev)")
def register_netdev(guest: Guest, address: int) -> int:
    """`net/core/dev.c`: Take the rtnl lock and register a device; return 0 or an error."""
    netdevices.lock(guest)
    result = netdevices.register(guest, address)
    netdevices.unlock(guest)
    return result


@function("void unregister_netdevice_queue(struct net_device *dev, struct list_head *head)")
def unregister_netdevice_queue(guest: Guest, address: int, head: int) -> None:
    """`net/core/dev.c`: Unregister a device at once, or with a `head` put it at the end of that list."""
    if not head:
        netdevices.unregister(guest, address)
        return
    listhead.add_tail(guest, netdev(guest, address).unreg_list.address(), head)


@function("void unregister_netdevice_many(struct list_head *head)")
def unregister_netdevice_many(guest: Guest, head: int) -> None:
    """`net/core/dev.c`: Unregister all devices of a list, and empty it."""
    netdevices.unregister_many(guest, head)


@function("void unregister_netdev(struct net_device *dev)")
def unregister_netdev(guest: Guest, address: int) -> None:
    """`net/core/dev.c`: Take the rtnl lock and unregister a device."""
    netdevices.lock(guest)
    netdevices.unregister(guest, address)
    netdevices.unlock(guest)


@function("void dev_addr_mod(struct net_device *dev, unsigned int offset, const void *addr, size_t len)")
def dev_addr_mod(guest: Guest, address: int, offset: int, source: int, size: int) -> None:
    """`net/core/dev_addr_lists.c`: Change a part of a device's hardware address, and of its shadow."""
    dev, data = netdev(guest, address), guest.memory.read(source, guest.bounded(size))
    guest.memory.write(dev.dev_addr + offset, data)
    guest.memory.write(dev.address("dev_addr_shadow") + offset, data)
