"""net/netlink/af_netlink.c: The kernel's netlink sockets, messages through them, and notifiers of sockets.

No program listens to them: what is sent to all is dropped, and what is sent to one is refused.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import notifier
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.linuxerrno import ECONNREFUSED, ESRCH


@function(
    "struct sock *__netlink_kernel_create(struct net *net, int unit, struct module *module,"
    " struct netlink_kernel_cfg *cfg)"
)
def netlink_kernel_create(guest: Guest, net: int, unit: int, _module: int, _configuration: int) -> int:
    """Return a kernel's socket for a netlink number; 0 if the number is taken. Messages are not modelled."""
    table = guest.table("netlink")
    if unit in table:
        return 0
    sock = new(guest, "sock")
    table[unit] = sock.address()
    getattr(sock, "__sk_common").skc_net = net
    return sock.address()


@function("void netlink_kernel_release(struct sock *sk)")
def netlink_kernel_release(guest: Guest, sock: int) -> None:
    """Free a kernel's netlink socket, and its number."""
    table = guest.table("netlink")
    for unit in [unit for unit, address in table.items() if address == sock]:
        del table[unit]
    if sock:
        guest.heap.free(sock)


function("int netlink_register_notifier(struct notifier_block *nb)")(notifier.registering("netlink"))
function("int netlink_unregister_notifier(struct notifier_block *nb)")(notifier.unregistering("netlink"))


_HEADER, _ALIGN = 16, 4


@function(
    "struct nlmsghdr *__nlmsg_put(struct sk_buff *skb, u32 portid, u32 seq, int type, int len, int flags)",
)
def nlmsg_put(guest: Guest, message: int, port: int, number: int, kind: int, length: int, flags: int) -> int:
    """Add the header of a message and room for what comes behind it, where there is known to be room; return it."""
    size = _HEADER + length
    padded = -(-size // _ALIGN) * _ALIGN
    place = int(skbuff.skb_put(guest, message, padded))
    header = view(guest, "nlmsghdr", place)
    header.nlmsg_len, header.nlmsg_type, header.nlmsg_flags = size, kind, flags
    header.nlmsg_seq, header.nlmsg_pid = number, port
    guest.memory.write(place + size, bytes(padded - size))
    return place


@function("int netlink_has_listeners(struct sock *sk, unsigned int group)")
def netlink_has_listeners(_guest: Guest, _socket: int, _group: int) -> int:
    """Return 0: no program listens to a group."""
    return 0


def broadcast(guest: Guest, message: int) -> int:
    """Free a message that is sent to whoever listens; return -ESRCH, as nobody does."""
    skbuff.consume_skb(guest, message)
    return -ESRCH


@function(
    "int netlink_broadcast(struct sock *ssk, struct sk_buff *skb, __u32 portid, __u32 group, gfp_t allocation)",
)
def netlink_broadcast(guest: Guest, _socket: int, message: int, _port: int, _group: int, _flags: int) -> int:
    """Free the message; return -ESRCH, as nobody listens."""
    return broadcast(guest, message)


@function("int netlink_unicast(struct sock *ssk, struct sk_buff *skb, __u32 portid, int nonblock)")
def netlink_unicast(guest: Guest, _socket: int, message: int, _port: int, _nonblock: int) -> int:
    """Free the message; return -ECONNREFUSED, as no program has a socket."""
    skbuff.kfree_skb_reason(guest, message, 0)
    return -ECONNREFUSED


@function("int netlink_set_err(struct sock *ssk, __u32 portid, __u32 group, int code)")
def netlink_set_err(_guest: Guest, _socket: int, _port: int, _group: int, _code: int) -> int:
    """Return 0: there is no listener to tell of an error."""
    return 0
