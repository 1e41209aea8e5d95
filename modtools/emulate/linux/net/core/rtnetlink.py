"""net/core/rtnetlink.c: The rtnl lock, kinds of links, handlers of rtnetlink's messages."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.netlink import af_netlink
from modtools.emulate.objects import listhead, netdevices, registrations
from modtools.emulate.objects.netdevices import netdev
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, size_of, view
from modtools.linuxerrno import EEXIST


@function("void rtnl_lock(void)")
def rtnl_lock(guest: Guest) -> None:
    """Take the rtnl lock, which guards the network's configuration, and wait while it is held."""
    netdevices.lock(guest)


@function("void rtnl_unlock(void)")
def rtnl_unlock(guest: Guest) -> None:
    """Release the rtnl lock, and take apart the devices that were unregistered while it was held."""
    netdevices.unlock(guest)


@function("int rtnl_trylock(void)")
def rtnl_trylock(guest: Guest) -> bool:
    """Take the rtnl lock if it is free; return whether it was."""
    free = not guest.table("rtnl").get("held")
    guest.table("rtnl")["held"] = 1
    return free


@function("int rtnl_is_locked(void)")
def rtnl_is_locked(guest: Guest) -> bool:
    """Return whether the rtnl lock is held."""
    return bool(guest.table("rtnl").get("held"))


def _link_register(guest: Guest, address: int) -> int:
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


def _link_unregister(guest: Guest, address: int) -> None:
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


function("int __rtnl_link_register(struct rtnl_link_ops *ops)")(_link_register)
function("void __rtnl_link_unregister(struct rtnl_link_ops *ops)")(_link_unregister)
function("int rtnl_link_register(struct rtnl_link_ops *ops)")(_link_register)


@function("void rtnl_link_unregister(struct rtnl_link_ops *ops)")
def rtnl_link_unregister(guest: Guest, address: int) -> None:
    """Take the rtnl lock, and unregister a kind of link and all devices of it."""
    netdevices.lock(guest)
    _link_unregister(guest, address)
    netdevices.unlock(guest)


@function(
    "int rtnl_register_module(struct module *owner, int protocol, int msgtype, void *doit,"
    " void *dumpit, unsigned int flags)"
)
def rtnl_register_module(
    guest: Guest, owner: int, protocol: int, kind: int, _doit: int, _dumpit: int, _flags: int
) -> int:
    """Note the owner of the handlers of a protocol's message; return 0. The handlers are never called."""
    guest.table("rtnl_messages")[protocol, kind] = owner
    return 0


@function("int rtnl_unregister(int protocol, int msgtype)")
def rtnl_unregister(guest: Guest, protocol: int, kind: int) -> int:
    """Forget the handlers of a protocol's message; return 0."""
    guest.table("rtnl_messages").pop((protocol, kind), None)
    return 0


@function("void rtnl_unregister_all(int protocol)")
def rtnl_unregister_all(guest: Guest, protocol: int) -> None:
    """Forget the handlers of all messages of a protocol."""
    table = guest.table("rtnl_messages")
    for key in [key for key in table if key[0] == protocol]:
        del table[key]


function("void rtnl_af_register(struct rtnl_af_ops *ops)", "int rtnl_af_register(struct rtnl_af_ops *ops)")(
    registrations.registering("rtnl_af")
)
function("void rtnl_af_unregister(struct rtnl_af_ops *ops)")(registrations.unregistering("rtnl_af"))


def _rows(guest: Guest, table: int, count: int) -> list[View]:
    return [
        view(guest, "rtnl_msg_handler", table + size_of(guest, "rtnl_msg_handler") * number) for number in range(count)
    ]


@function("int __rtnl_register_many(const struct rtnl_msg_handler *handlers, int n)")
def rtnl_register_many(guest: Guest, table: int, count: int) -> int:
    """Note the handlers of a table of messages; return 0. They are never called."""
    for row in _rows(guest, table, count):
        rtnl_register_module(guest, row.owner, row.protocol, row.msgtype, row.doit, row.dumpit, row.flags)
    return 0


@function("void __rtnl_unregister_many(const struct rtnl_msg_handler *handlers, int n)")
def rtnl_unregister_many(guest: Guest, table: int, count: int) -> None:
    """Forget the handlers of a table of messages, the last one first."""
    for row in reversed(_rows(guest, table, count)):
        rtnl_unregister(guest, row.protocol, row.msgtype)


@function(
    "void rtnl_notify(struct sk_buff *skb, struct net *net, u32 pid, u32 group, const struct nlmsghdr *nlh,"
    " gfp_t flags)"
)
def rtnl_notify(guest: Guest, message: int, _net: int, port: int, _group: int, _header: int, _flags: int) -> None:
    """Free a message about a change, as nobody listens; one that answers a program stops the run."""
    if port:
        raise Needs("a program that speaks rtnetlink")
    af_netlink.broadcast(guest, message)


@function("void rtnl_set_sk_err(struct net *net, u32 group, int error)")
def rtnl_set_sk_err(_guest: Guest, _net: int, _group: int, _error: int) -> None:
    """Do nothing: there is no listener to tell of an error."""
