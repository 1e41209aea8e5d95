"""net/socket.c: Families of sockets, and hooks for their ioctls; sockets of families that modules have, for modules.

Of the kernel's own families there are TCP and UDP of IPv4, over the loopback device.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.linux.kernel.module.main import module_put, try_module_get
from modtools.emulate.linux.kernel.sched.wait import init_waitqueue_head
from modtools.emulate.linux.lib.iov_iter import iov_iter_kvec
from modtools.emulate.linux.net.ipv4 import af_inet
from modtools.emulate.linux.net.ipv4.af_inet import PROTOCOLS, missing
from modtools.emulate.objects import registrations
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, constant, new, view
from modtools.kernel.log import CRIT, INFO
from modtools.linuxerrno import EAFNOSUPPORT, EEXIST, EINVAL, ENOBUFS, EOPNOTSUPP

function("void brioctl_set(void *hook)")(registrations.setting("brioctl"))
function("void vlan_ioctl_set(void *hook)")(registrations.setting("vlan_ioctl"))

_FAMILIES = (
    "UNSPEC UNIX/LOCAL INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY "
    "NETLINK/ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN "
    "PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP"
).split()
"""`pf_family_names[]`, each without its PF_."""
_BUILT_IN = (1, 2, 10, 16, 17, 44)
_TYPES = range(11)
_INET, _SOCK_PACKET = 2, 10


@function("int sock_register(const struct net_proto_family *ops)")
def sock_register(guest: Guest, ops: int) -> int:
    """Register a family of sockets and log it; return 0, -EEXIST for one that is taken, which is logged all the same,
    or -ENOBUFS for a number that is too large.
    """
    family: int = view(guest, "net_proto_family", ops).family
    if family >= len(_FAMILIES):
        guest.printk(CRIT, f"protocol {family} >= NPROTO({len(_FAMILIES)})")
        return -ENOBUFS
    table = guest.table("families")
    taken = family in table or family in _BUILT_IN
    if not taken:
        table[family] = ops
    guest.printk(INFO, f"NET: Registered PF_{_FAMILIES[family]} protocol family")
    return -EEXIST if taken else 0


@function("void sock_unregister(int family)")
def sock_unregister(guest: Guest, family: int) -> None:
    """Unregister a family of sockets and log it."""
    guest.table("families").pop(family, None)
    guest.printk(INFO, f"NET: Unregistered PF_{_FAMILIES[family]} protocol family")


def _new(guest: Guest, kind: int) -> View:
    """Return an unconnected socket of a type, which nothing has been done with (`sock_alloc()`)."""
    row: View = new(guest, "socket_alloc").socket
    row.state, row.type = constant(guest, "SS_UNCONNECTED"), kind
    init_waitqueue_head(guest, row.wq.wait.address(), 0, 0)
    return row


def _create(guest: Guest, net: int, row: View, family: View, protocol: int) -> int:
    """Let a family make a socket; return 0 or an error. A socket holds the module that its operations belong to."""
    if not try_module_get(guest, family.owner):
        return -EAFNOSUPPORT
    result = guest.call_signed(family.create, net, row.address(), protocol, 1)
    if not result and not try_module_get(guest, view(guest, "proto_ops", row.ops).owner):
        result = -EAFNOSUPPORT
    if result:
        row.ops = 0
    module_put(guest, family.owner)
    return result


@function("int sock_create_kern(struct net *net, int family, int type, int protocol, struct socket **res)")
def sock_create_kern(guest: Guest, net: int, family: int, type: int, protocol: int, result: int) -> int:
    """Make a socket of IPv4, or of a family that a module has, after that module or that of its protocol was asked for.

    Return 0, or why there is none. Another one of the kernel's own families stops the run.
    """
    if family not in range(len(_FAMILIES)):
        return -EAFNOSUPPORT
    if type not in _TYPES:
        return -EINVAL
    there = guest.table("families")
    if family not in (*there, *_BUILT_IN):
        kmod.ask(guest, b"net-pf-%d" % family)
    obsolete = (family, type) == (_INET, _SOCK_PACKET)  # a name for a socket of PF_PACKET
    if family in PROTOCOLS and not obsolete and (error := missing(guest, family, type, protocol)):
        return error
    if family in _BUILT_IN and family != _INET:
        raise Needs(f"a socket of PF_{_FAMILIES[family]}")
    if family not in (*there, _INET):
        return -EAFNOSUPPORT
    row = _new(guest, type)
    if family == _INET:
        af_inet.create(guest, row, protocol)
        guest.memory.put(result, row.address(), 8)
        return 0
    error = _create(guest, net, row, view(guest, "net_proto_family", there[family]), protocol)
    if error:
        sock_release(guest, row.address())
        return error
    guest.memory.put(result, row.address(), 8)
    return 0


@function("void sock_release(struct socket *sock)")
def sock_release(guest: Guest, address: int) -> None:
    """Close a socket and free it, and give the reference on its module back."""
    row = view(guest, "socket", address)
    if row.file:
        raise Needs("a socket with a file")
    if row.ops:
        operations = view(guest, "proto_ops", row.ops)
        owner = operations.owner
        guest.call(operations.release, address)
        row.sk = row.ops = 0
        module_put(guest, owner)
    guest.heap.free(address)


def _asking(operation: str) -> Callable[..., int]:
    """Return the function that hands its arguments on to an operation of the socket's family; the kernel's own may be
    stopped there, and called again.
    """

    def act(guest: Guest, address: int, *arguments: int) -> int:
        call = getattr(view(guest, "proto_ops", view(guest, "socket", address).ops), operation)
        own = guest.addresses.function(call)
        if own is not None:
            return int(own.handler(guest, address, *arguments))
        return guest.call_signed(call, address, *arguments)

    return act


function("int kernel_bind(struct socket *sock, struct sockaddr *addr, int addrlen)")(_asking("bind"))
function("int kernel_listen(struct socket *sock, int backlog)")(_asking("listen"))
function("int kernel_connect(struct socket *sock, struct sockaddr *addr, int addrlen, int flags)")(_asking("connect"))
function("int kernel_sock_shutdown(struct socket *sock, enum sock_shutdown_cmd how)")(_asking("shutdown"))


@function("int kernel_accept(struct socket *sock, struct socket **newsock, int flags)")
def kernel_accept(guest: Guest, address: int, result: int, flags: int) -> int:
    """Make a socket for the next connection to one that listens, and wait for it; return 0 or an error."""
    listening = view(guest, "socket", address)
    own = view(guest, "proto_ops", listening.ops).accept == guest.address_of("inet_accept")
    error = af_inet.await_connection(guest, address, flags) if own else 0
    row = _new(guest, listening.type)
    if own and not error:
        af_inet.take_connection(guest, address, row.address())
    elif not own:
        error = _asking("accept")(guest, address, row.address(), flags, 1)
    if error < 0:
        guest.heap.free(row.address())
        guest.memory.put(result, 0, 8)
        return error
    row.ops = listening.ops
    try_module_get(guest, view(guest, "proto_ops", row.ops).owner)
    guest.memory.put(result, row.address(), 8)
    return 0


@function("int kernel_getsockname(struct socket *sock, struct sockaddr *addr)")
def kernel_getsockname(guest: Guest, address: int, place: int) -> int:
    """Store a socket's own address; return its length or an error."""
    return _asking("getname")(guest, address, place, 0)


@function("int kernel_getpeername(struct socket *sock, struct sockaddr *addr)")
def kernel_getpeername(guest: Guest, address: int, place: int) -> int:
    """Store the address that a socket is connected to; return its length or an error."""
    return _asking("getname")(guest, address, place, 1)


@function("int sock_sendmsg(struct socket *sock, struct msghdr *msg)")
def sock_sendmsg(guest: Guest, address: int, message: int) -> int:
    """Send a message; return how many bytes were sent, or an error."""
    return _asking("sendmsg")(guest, address, message, view(guest, "msghdr", message).msg_iter.count)


@function("int sock_recvmsg(struct socket *sock, struct msghdr *msg, int flags)")
def sock_recvmsg(guest: Guest, address: int, message: int, flags: int) -> int:
    """Receive a message; return how many bytes came, or an error."""
    return _asking("recvmsg")(guest, address, message, view(guest, "msghdr", message).msg_iter.count, flags)


@function("int sock_no_listen(struct socket *sock, int backlog)")
def sock_no_listen(_guest: Guest, _socket: int, _backlog: int) -> int:
    """Return -EOPNOTSUPP: nobody connects to such a socket."""
    return -EOPNOTSUPP


@function("int sock_no_accept(struct socket *sock, struct socket *newsock, int flags, bool kern)")
def sock_no_accept(_guest: Guest, _socket: int, _new: int, _flags: int, _kern: bool) -> int:
    """Return -EOPNOTSUPP: nobody connects to such a socket."""
    return -EOPNOTSUPP


@function(
    "int kernel_sendmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num, size_t size)",
)
def kernel_sendmsg(guest: Guest, address: int, message: int, table: int, count: int, size: int) -> int:
    """Send a message out of the kernel's memory; return how many bytes were sent, or an error."""
    iov_iter_kvec(guest, view(guest, "msghdr", message).msg_iter.address(), 1, table, count, size)
    return int(sock_sendmsg(guest, address, message))


@function(
    "int kernel_recvmsg(struct socket *sock, struct msghdr *msg, struct kvec *vec, size_t num, size_t size, int flags)",
)
def kernel_recvmsg(guest: Guest, address: int, message: int, table: int, count: int, size: int, flags: int) -> int:
    """Receive a message into the kernel's memory; return how many bytes came, or an error."""
    row = view(guest, "msghdr", message)
    row.msg_control_is_user = 0
    iov_iter_kvec(guest, row.msg_iter.address(), 0, table, count, size)
    return _asking("recvmsg")(guest, address, message, row.msg_iter.count, flags)
