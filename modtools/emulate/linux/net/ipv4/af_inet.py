"""net/ipv4/af_inet.c: Protocols of IPv4's sockets, asking for those that are not there, and sockets of TCP and UDP.

`net/ipv6/af_inet6.c` does the same for IPv6. Each list has rows for a type of sockets and a protocol, which is 0 for
any; a protocol of 0 is asked for by who takes the first one.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel import kmod
from modtools.emulate.linux.lib.iov_iter import copy_from_iter, copy_to_iter
from modtools.emulate.linux.net.core.sock import sock_init_data
from modtools.emulate.objects import inetsockets, netdevices, registrations
from modtools.emulate.objects.inetsockets import CLOSE, ESTABLISHED, LISTEN, READING, SENDING, Row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, constant, view
from modtools.linuxerrno import (
    EAFNOSUPPORT,
    EAGAIN,
    ECONNREFUSED,
    EDESTADDRREQ,
    EINVAL,
    EISCONN,
    EMSGSIZE,
    ENOTCONN,
    EPIPE,
    EPROTONOSUPPORT,
    ESOCKTNOSUPPORT,
)

function("void inet_register_protosw(struct inet_protosw *p)")(registrations.registering("inet protosw"))
function("void inet_unregister_protosw(struct inet_protosw *p)")(registrations.unregistering("inet protosw"))

PROTOCOLS = {2: "inet", 10: "inet6"}
"""Families of sockets whose protocols modules register, and the word for them."""
_STREAM, _DGRAM, _RAW = 1, 2, 3
_TCP, _UDP, _UDP_LITE, _MPTCP, _MOST = 6, 17, 136, 262, 263
_PING = {2: 1, 10: 58}
"""The protocol of echo requests, for each family."""


def missing(guest: Guest, family: int, type: int, protocol: int) -> int:
    """Return 0 if there is such a socket of IPv4 or IPv6, else the error after its module was asked for twice."""
    if protocol not in range(_MOST):
        return -EINVAL
    for name in (b"net-pf-%d-proto-%d-type-%d" % (family, protocol, type), b"net-pf-%d-proto-%d" % (family, protocol)):
        if not _error(guest, family, type, protocol):
            return 0
        kmod.ask(guest, name)
    return _error(guest, family, type, protocol)


def _error(guest: Guest, family: int, type: int, protocol: int) -> int:
    rows = [known for kind, known in _rows(guest, family) if kind == type]
    if any(known == protocol != 0 or (known != protocol and 0 in (known, protocol)) for known in rows):
        return 0
    return -EPROTONOSUPPORT if rows else -ESOCKTNOSUPPORT


def _rows(guest: Guest, family: int) -> list[tuple[int, int]]:
    """Return type and protocol of what there is, as far as they are those of Debian's kernels."""
    own = [(_STREAM, _TCP), (_STREAM, _MPTCP), (_DGRAM, _UDP), (_DGRAM, _UDP_LITE), (_DGRAM, _PING[family]), (_RAW, 0)]
    table = guest.table(f"registered {PROTOCOLS[family]} protosw")
    modules = (view(guest, "inet_protosw", address) for address in table.values())
    return [*own, *((row.type, row.protocol) for row in modules)]


# Sockets.

_SOCKET, _ADDRESS, _FAMILY = 4096, 16, 2
"""Bytes of a `struct tcp_sock` or `udp_sock` at most, and of a `struct sockaddr_in`; AF_INET."""
_PEEK, _TRUNCATED, _DONTWAIT, _WAITALL, _NOSIGNAL = 2, 0x20, 0x40, 0x100, 0x4000
_NONBLOCK, _MOST_BYTES, _MOST_WAITING = 0o4000, 65507, 4096
_OPERATIONS = {
    "release": "inet_release",
    "bind": "inet_bind",
    "getname": "inet_getname",
    "shutdown": "inet_shutdown",
    "sendmsg": "inet_sendmsg",
    "recvmsg": "inet_recvmsg",
    "setsockopt": "sock_common_setsockopt",
    "getsockopt": "sock_common_getsockopt",
    "ioctl": "inet_ioctl",
    "socketpair": "sock_no_socketpair",
    "mmap": "sock_no_mmap",
}
_OF_STREAMS = {"connect": "inet_stream_connect", "accept": "inet_accept", "listen": "inet_listen", "poll": "tcp_poll"}
_OF_MESSAGES = {
    "connect": "inet_dgram_connect",
    "accept": "sock_no_accept",
    "listen": "sock_no_listen",
    "poll": "udp_poll",
}


def _fill_operations(guest: Guest, address: int, names: dict[str, str]) -> None:
    row = view(guest, "proto_ops", address)
    row.family = _FAMILY
    for field, name in names.items():
        setattr(row, field, guest.address_of(name))


@variable("inet_stream_ops", "proto_ops")
def inet_stream_ops(guest: Guest, address: int) -> None:
    """Fill the operations of TCP's sockets."""
    _fill_operations(guest, address, _OPERATIONS | _OF_STREAMS)


@variable("inet_dgram_ops", "proto_ops")
def inet_dgram_ops(guest: Guest, address: int) -> None:
    """Fill the operations of UDP's sockets."""
    _fill_operations(guest, address, _OPERATIONS | _OF_MESSAGES)


def create(guest: Guest, socket: View, protocol: int) -> None:
    """Give a new socket of TCP or UDP its operations and its `struct sock`. Other protocols stop the run."""
    kind = (socket.type, protocol)
    if kind not in ((_STREAM, 0), (_STREAM, _TCP), (_DGRAM, 0), (_DGRAM, _UDP)):
        raise Needs(f"a socket of PF_INET of type {socket.type}, protocol {protocol}")
    netdevices.net_class(guest)  # with lo, which somebody may want to set up
    stream = socket.type == _STREAM
    socket.ops = guest.address_of("inet_stream_ops" if stream else "inet_dgram_ops")
    _new(guest, socket.address(), stream=stream)


def _new(guest: Guest, socket: int, *, stream: bool) -> int:
    sock = guest.heap.kmalloc(_SOCKET)
    guest.memory.write(sock, bytes(_SOCKET))
    sock_init_data(guest, socket, sock)
    row, common = view(guest, "sock", sock), inetsockets.common(guest, sock)
    row.sk_protocol, row.sk_type = (_TCP, _STREAM) if stream else (_UDP, _DGRAM)
    row.sk_kern_sock = 1
    common.skc_family, common.skc_net = _FAMILY, guest.address_of("init_net")
    common.skc_prot = guest.address_of("tcp_prot" if stream else "udp_prot")
    inetsockets.add(guest, sock, stream=stream)
    return int(sock)


def _row(guest: Guest, socket: int) -> tuple[int, Row]:
    """Return the `struct sock` of a socket, and what is known of it."""
    sock = view(guest, "socket", socket).sk
    return sock, inetsockets.rows(guest)[sock]


def _address(guest: Guest, place: int, size: int) -> tuple[int, int] | int:
    """Return host and port of a `struct sockaddr_in`, or an error."""
    if size < _ADDRESS:
        return -EINVAL
    if guest.memory.u16(place) != _FAMILY:
        return -EAFNOSUPPORT
    data = guest.memory.read(place, 8)
    return int.from_bytes(data[4:8], "big"), int.from_bytes(data[2:4], "big")


def _store_address(guest: Guest, place: int, host: int, port: int) -> None:
    family = _FAMILY.to_bytes(2, "little")
    guest.memory.write(place, (family + port.to_bytes(2, "big") + host.to_bytes(4, "big")).ljust(_ADDRESS, b"\0"))


@function("int inet_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)")
def inet_bind(guest: Guest, socket: int, place: int, size: int) -> int:
    """Give a socket an address; return 0 or an error."""
    found = _address(guest, place, size)
    if isinstance(found, int):
        return found
    sock, row = _row(guest, socket)
    if row["own"][1] or inetsockets.common(guest, sock).skc_state != CLOSE:
        known = inetsockets.is_local(guest, found[0] or inetsockets.LOCALHOST)
        return -EINVAL if known or not found[0] else inetsockets.bind(guest, sock, *found)
    return inetsockets.bind(guest, sock, *found)


@function("int inet_listen(struct socket *sock, int backlog)")
def inet_listen(guest: Guest, socket: int, backlog: int) -> int:
    """Let others connect to a socket; return 0 or -EINVAL."""
    sock, row = _row(guest, socket)
    common = inetsockets.common(guest, sock)
    if view(guest, "socket", socket).state != constant(guest, "SS_UNCONNECTED"):
        return -EINVAL
    if common.skc_state not in (CLOSE, LISTEN):
        return -EINVAL
    inetsockets.name_itself(guest, sock)
    row["backlog"], common.skc_state = min(backlog & 0xFFFFFFFF, _MOST_WAITING), LISTEN
    return 0


@function("int inet_accept(struct socket *sock, struct socket *newsock, int flags, bool kern)")
def inet_accept(guest: Guest, socket: int, new: int, flags: int, _kern: bool) -> int:
    """Give a connection that waits to a new socket; return 0 or an error."""
    error = await_connection(guest, socket, flags)
    if not error:
        take_connection(guest, socket, new)
    return error


def await_connection(guest: Guest, socket: int, flags: int) -> int:
    """Wait until somebody has connected to a socket that listens; return 0 or an error."""
    sock, row = _row(guest, socket)
    if row["backlog"] < 0:
        return -EINVAL
    timeout = 0 if flags & _NONBLOCK else view(guest, "sock", sock).sk_rcvtimeo
    error = inetsockets.await_what_comes(guest, lambda: bool(row["waiting"]) or row["backlog"] < 0, timeout)
    return error if row["waiting"] or error else -EINVAL


def take_connection(guest: Guest, socket: int, new: int) -> None:
    """Give the first connection that waits to a new socket."""
    there, child = view(guest, "socket", new), _row(guest, socket)[1]["waiting"].pop(0)
    there.sk, there.state = child, constant(guest, "SS_CONNECTED")
    own = view(guest, "sock", child)
    own.sk_socket, own.sk_wq = new, there.wq.address()


@function("int inet_dgram_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags)")
def inet_dgram_connect(guest: Guest, socket: int, place: int, size: int, _flags: int) -> int:
    """Let a socket of UDP talk to one address only; return 0 or an error."""
    found = _address(guest, place, size)
    if isinstance(found, int):
        return found
    sock, row = _row(guest, socket)
    host = found[0] or inetsockets.LOCALHOST
    if error := inetsockets.route(guest, host):
        return error
    inetsockets.name_itself(guest, sock)
    row["own"][0] = row["own"][0] or inetsockets.LOCALHOST
    row["peer"] = [host, found[1]]
    inetsockets.show(guest, sock)
    inetsockets.set_state(guest, sock, ESTABLISHED)
    return 0


@function("int inet_stream_connect(struct socket *sock, struct sockaddr *uaddr, int addr_len, int flags)")
def inet_stream_connect(guest: Guest, socket: int, place: int, size: int, _flags: int) -> int:
    """Connect a socket of TCP with one that listens; return 0 or an error. What waits for room there stops the run."""
    there, (sock, row) = view(guest, "socket", socket), _row(guest, socket)
    if there.state == constant(guest, "SS_CONNECTED"):
        if row["other"] and guest.table("passed").get(guest.scheduler.current):
            guest.scheduler.pass_on()
            return 0
        return -EISCONN
    found = _address(guest, place, size)
    if isinstance(found, int):
        return found
    host = found[0] or inetsockets.LOCALHOST
    if error := inetsockets.route(guest, host):
        return error
    server = inetsockets.listener(guest, host, found[1])
    if not server:
        return -ECONNREFUSED
    rows = inetsockets.rows(guest)
    if len(rows[server]["waiting"]) > rows[server]["backlog"]:
        raise Needs("a connection that waits for room among those that nobody has accepted")
    child = _new(guest, 0, stream=True)
    there.state = constant(guest, "SS_CONNECTED")
    inetsockets.connect(guest, sock, child, server, host, found[1])
    guest.scheduler.pass_on()
    return 0


@function("int inet_getname(struct socket *sock, struct sockaddr *uaddr, int peer)")
def inet_getname(guest: Guest, socket: int, place: int, peer: int) -> int:
    """Store a socket's own address or the one that it is connected with; return its length or -ENOTCONN."""
    sock, row = _row(guest, socket)
    if peer and (not row["peer"][1] or (peer == 1 and inetsockets.common(guest, sock).skc_state == CLOSE)):
        return -ENOTCONN
    _store_address(guest, place, *row["peer" if peer else "own"])
    return _ADDRESS


@function("int inet_shutdown(struct socket *sock, int how)")
def inet_shutdown(guest: Guest, socket: int, how: int) -> int:
    """End reading (0), sending (1) or both (2) of a connection; return 0, -EINVAL or -ENOTCONN."""
    sock, row = _row(guest, socket)
    if how not in range(3):
        return -EINVAL
    state, bits = inetsockets.common(guest, sock).skc_state, how + 1
    if state == LISTEN:
        if bits & READING:
            _stop_listening(guest, sock)
        return 0
    if state == CLOSE:
        return -ENOTCONN
    if row["stream"] and bits & SENDING and not row["shut"] & SENDING:
        inetsockets.finish(guest, sock)
    row["shut"] |= bits
    inetsockets.tell(guest, sock, "sk_state_change")
    return 0


def _stop_listening(guest: Guest, sock: int) -> None:
    """Let nobody connect any more, and whoever accepts go on."""
    for child in inetsockets.stop_listening(guest, sock):
        guest.heap.free(child)
    inetsockets.set_state(guest, sock, CLOSE)
    inetsockets.tell(guest, sock, "sk_error_report")


@function("int inet_release(struct socket *sock)")
def inet_release(guest: Guest, socket: int) -> int:
    """Close a socket; return 0."""
    there = view(guest, "socket", socket)
    if there.sk:
        for sock in (*inetsockets.close(guest, there.sk), there.sk):
            guest.heap.free(sock)
        there.sk = 0
    return 0


@function("int inet_sendmsg(struct socket *sock, struct msghdr *msg, size_t size)")
def inet_sendmsg(guest: Guest, socket: int, message: int, size: int) -> int:
    """Send a message or bytes; return how many were sent, or an error."""
    sock, row = _row(guest, socket)
    return (_send_bytes if row["stream"] else _send_message)(guest, sock, row, view(guest, "msghdr", message), size)


def _content(guest: Guest, message: View, size: int) -> bytes:
    place = guest.heap.kmalloc(guest.bounded(size) or 1)
    data = guest.memory.read(place, copy_from_iter(guest, place, size, message.msg_iter.address()))
    guest.heap.free(place)
    return data


def _send_message(guest: Guest, sock: int, row: Row, message: View, size: int) -> int:
    if size > _MOST_BYTES:
        return -EMSGSIZE
    target: tuple[int, int] | int = (row["peer"][0], row["peer"][1]) if row["peer"][1] else -EDESTADDRREQ
    if message.msg_name:
        target = _address(guest, message.msg_name, message.msg_namelen)
    if isinstance(target, int) or not target[1]:
        return target if isinstance(target, int) else -EINVAL
    if error := inetsockets.route(guest, target[0]) or inetsockets.take_error(row):
        return error
    inetsockets.send_message(guest, sock, *target, _content(guest, message, size))
    return size


def _send_bytes(guest: Guest, sock: int, row: Row, message: View, size: int) -> int:
    guest.scheduler.pass_on()
    error = inetsockets.take_error(row)
    if error or row["shut"] & SENDING or not row["peer"][1]:
        if error in (0, -EPIPE) and not message.msg_flags & _NOSIGNAL and not guest.scheduler.current:
            raise Needs("the signal SIGPIPE of a socket")
        return error or -EPIPE
    inetsockets.write(guest, sock, _content(guest, message, size))
    return size


@function("int inet_recvmsg(struct socket *sock, struct msghdr *msg, size_t size, int flags)")
def inet_recvmsg(guest: Guest, socket: int, message: int, size: int, flags: int) -> int:
    """Receive a message or bytes, and wait for them; return how many bytes came, 0 at the end, or an error."""
    sock, row = _row(guest, socket)
    there = view(guest, "msghdr", message)
    if row["stream"]:
        return _receive_bytes(guest, sock, row, there, size, flags)
    return _receive_message(guest, sock, row, there, size, flags)


def _timeout(guest: Guest, sock: int, flags: int) -> int:
    return 0 if flags & _DONTWAIT else int(view(guest, "sock", sock).sk_rcvtimeo)


def _give(guest: Guest, message: View, data: bytes) -> None:
    place = guest.heap.kmalloc(len(data) or 1)
    guest.memory.write(place, data)
    copy_to_iter(guest, place, len(data), message.msg_iter.address())
    guest.heap.free(place)


def _receive_message(guest: Guest, sock: int, row: Row, message: View, size: int, flags: int) -> int:
    def come() -> bool:
        return bool(row["queue"] or row["error"] or row["shut"] & READING)

    if error := inetsockets.await_what_comes(guest, come, _timeout(guest, sock, flags)):
        return error
    if error := inetsockets.take_error(row):
        return error
    if not row["queue"]:
        return 0
    data, host, port = row["queue"][0] if flags & _PEEK else row["queue"].pop(0)
    _give(guest, message, data[:size])
    if len(data) > size:
        message.msg_flags |= _TRUNCATED
    if message.msg_name:
        _store_address(guest, message.msg_name, host, port)
        message.msg_namelen = _ADDRESS
    return len(data) if flags & _TRUNCATED else min(len(data), size)


def _receive_bytes(guest: Guest, sock: int, row: Row, message: View, size: int, flags: int) -> int:
    if not row["peer"][1]:
        return -ENOTCONN
    least = size if flags & _WAITALL else min(size, 1)

    def come() -> bool:
        return bool(len(row["data"]) >= least or row["ended"] or row["error"] or row["shut"] & READING)

    error = inetsockets.await_what_comes(guest, come, _timeout(guest, sock, flags))
    data = row["data"][:size]
    if not data:
        return inetsockets.take_error(row) if error in (0, -EAGAIN) and row["error"] else error
    _give(guest, message, data)
    if not flags & _PEEK:
        row["data"] = row["data"][len(data) :]
    message.msg_namelen = 0
    return len(data)
