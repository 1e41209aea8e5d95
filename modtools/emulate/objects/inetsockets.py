"""Sockets of IPv4 that end in the machine itself: UDP and TCP over the loopback device, without packets.

From Linux 6.1: `net/ipv4/af_inet.c`, `net/ipv4/udp.c`, `net/ipv4/tcp.c`, `net/ipv4/inet_connection_sock.c`. The table
`inet sockets` has for each `struct sock`:

    stream      whether it is TCP's
    own, peer   [address, port], 0 for what is not set
    queue       messages of UDP that have come: [bytes, address, port]
    data        bytes of TCP that have come
    other       the other end of a connection of TCP; 0 when it is gone, or there is none
    waiting     connections that nobody has accepted; backlog: how many there may be, -1 for no listener
    ended       whether the other end sends nothing more; shut: 1 and 2 for own reading and sending
    error       what the next call is told, once
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from modtools.emulate.objects import netdevices
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, view
from modtools.emulate.tasks import signals
from modtools.linuxerrno import EADDRINUSE, EADDRNOTAVAIL, EAGAIN, ECONNREFUSED, ECONNRESET, EINTR, ENETUNREACH, EPIPE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

Row = dict[str, Any]

LOCALHOST, _NET = 0x7F000001, 0x7F
ESTABLISHED, FIN_WAIT, CLOSE, CLOSE_WAIT, LAST_ACK, LISTEN = 1, 5, 7, 8, 9, 10
"""States of a socket (`include/net/tcp_states.h`)."""
READING, SENDING = 1, 2
_FIRST_PORT, _LAST_PORT = 32768, 60999
"""net.ipv4.ip_local_port_range."""
_LARGEST = 2 << 20
"""Bytes that may wait for a reader here; where Linux lets a sender wait, the run stops."""
_FOREVER = (1 << 63) - 1
_ERESTARTSYS = 512
_UP = 1


def rows(guest: Guest) -> dict[int, Row]:
    """Return all sockets, by the addresses of their `struct sock`."""
    return guest.table("inet sockets")


def add(guest: Guest, sock: int, *, stream: bool) -> Row:
    """Enter a new socket, which nothing has been done with."""
    row: Row = {"stream": int(stream), "own": [0, 0], "peer": [0, 0], "queue": [], "data": b"", "other": 0}
    row |= {"waiting": [], "backlog": -1, "ended": 0, "shut": 0, "error": 0}
    rows(guest)[sock] = row
    return row


def common(guest: Guest, sock: int) -> View:
    """Return the part of a `struct sock` that all kinds of them have."""
    found: View = getattr(view(guest, "sock", sock), "__sk_common")
    return found


def set_state(guest: Guest, sock: int, state: int) -> None:
    """Set the state that a socket shows."""
    common(guest, sock).skc_state = state


def show(guest: Guest, sock: int) -> None:
    """Write a socket's addresses into its `struct sock`."""
    row, shown = rows(guest)[sock], common(guest, sock)
    shown.skc_num, shown.skc_dport = row["own"][1], int.from_bytes(row["peer"][1].to_bytes(2, "big"), "little")
    shown.skc_rcv_saddr = int.from_bytes(row["own"][0].to_bytes(4, "big"), "little")
    shown.skc_daddr = int.from_bytes(row["peer"][0].to_bytes(4, "big"), "little")


def is_local(guest: Guest, host: int) -> bool:
    """Return whether an address is the machine's: one of 127.0.0.0/8 while the loopback device is up."""
    lo = netdevices.netdev(guest, netdevices.init_net(guest).loopback_dev)
    return host >> 24 == _NET and bool(lo.flags & _UP)


def route(guest: Guest, host: int) -> int:
    """Return 0 if there is a way to an address, else -ENETUNREACH."""
    return 0 if is_local(guest, host or LOCALHOST) else -ENETUNREACH


def bind(guest: Guest, sock: int, host: int, port: int) -> int:
    """Give a socket an address, any port for 0; return 0, -EADDRNOTAVAIL or -EADDRINUSE."""
    if host and not is_local(guest, host):
        return -EADDRNOTAVAIL
    row = rows(guest)[sock]
    ports = (port,) if port else range(_FIRST_PORT, _LAST_PORT + 1)
    found = next((each for each in ports if not _taken(guest, sock, host, each)), 0)
    if not found:
        return -EADDRINUSE
    row["own"] = [host, found]
    show(guest, sock)
    return 0


def _taken(guest: Guest, sock: int, host: int, port: int) -> bool:
    me, reuse = rows(guest)[sock], common(guest, sock).skc_reuse
    for other, row in rows(guest).items():
        same = other != sock and row["stream"] == me["stream"] and row["own"][1] == port
        shared = reuse and common(guest, other).skc_reuse and row["backlog"] < 0
        if same and not shared and (not host or not row["own"][0] or host == row["own"][0]):
            return True
    return False


def name_itself(guest: Guest, sock: int) -> None:
    """Give a socket that has no port one (`inet_autobind()`)."""
    if not rows(guest)[sock]["own"][1]:
        bind(guest, sock, rows(guest)[sock]["own"][0], 0)


def take_error(row: Row) -> int:
    """Return the error that a socket has, negative, and clear it; 0 for none."""
    error, row["error"] = row["error"], 0
    return -int(error)


def tell(guest: Guest, sock: int, call: str = "sk_data_ready") -> None:
    """Call a socket's function for something that has happened, in the network's softirq."""
    function = getattr(view(guest, "sock", sock), call)
    guest.scheduler.in_softirq(lambda: guest.call(function, sock), function)


def await_what_comes(guest: Guest, condition: Callable[[], bool], timeout: int) -> int:
    """Wait so many ticks until something has come true; return 0, -EAGAIN or the error of a signal."""
    if condition():
        return 0
    if not timeout:
        return -EAGAIN
    nanoseconds = None if timeout == _FOREVER else timeout * 1_000_000_000 // guest.hardware.tick
    if guest.wait_until(condition, nanoseconds, state=signals.INTERRUPTIBLE):
        return 0
    interrupted = signals.pending(guest)
    return (-_ERESTARTSYS if nanoseconds is None else -EINTR) if interrupted else -EAGAIN


# Messages.


def receiver(guest: Guest, host: int, port: int, source: list[int]) -> int:
    """Return the socket of UDP that gets what is sent to an address, the one that is connected first; 0 for none."""
    found = 0
    for sock, row in rows(guest).items():
        own_host, own_port = row["own"]
        if row["stream"] or own_port != port or own_host not in (0, host):
            continue
        if row["peer"] == source:
            return sock
        if not row["peer"][1]:
            found = sock
    return found


def send_message(guest: Guest, sock: int, host: int, port: int, data: bytes) -> None:
    """Bring a message to whoever gets it; a sender that is connected to nobody is told with its next call."""
    name_itself(guest, sock)
    row = rows(guest)[sock]
    source = [row["own"][0] or LOCALHOST, row["own"][1]]
    target = receiver(guest, host or LOCALHOST, port, source)
    if not target:
        row["error"] = ECONNREFUSED if row["peer"] == [host, port] else row["error"]
        return
    queue = rows(guest)[target]["queue"]
    if sum(len(message) for message, _, _ in queue) + len(data) > view(guest, "sock", target).sk_rcvbuf // 2:
        raise Needs("a message that finds no room in its receiver's buffer")
    queue.append([data, *source])
    tell(guest, target)


# Connections.


def listener(guest: Guest, host: int, port: int) -> int:
    """Return the socket of TCP that waits for connections to an address; 0 for none."""
    for sock, row in rows(guest).items():
        if row["stream"] and row["backlog"] >= 0 and row["own"][1] == port and row["own"][0] in (0, host):
            return sock
    return 0


def connect(guest: Guest, sock: int, child: int, server: int, host: int, port: int) -> None:
    """Connect a socket with a new one that a listener will give to whoever accepts it."""
    name_itself(guest, sock)
    row, new = rows(guest)[sock], rows(guest)[child]
    row["own"][0] = row["own"][0] or LOCALHOST
    row["peer"], row["other"] = [host, port], child
    new["own"], new["peer"], new["other"] = [host, port], list(row["own"]), sock
    for each in (sock, child):
        show(guest, each)
        set_state(guest, each, ESTABLISHED)
    rows(guest)[server]["waiting"].append(child)
    tell(guest, server)


def write(guest: Guest, sock: int, data: bytes) -> None:
    """Bring bytes to the other end of a connection, which resets it if it is gone."""
    row = rows(guest)[sock]
    other = row["other"]
    if not other:
        reset(guest, sock)
        return
    there = rows(guest)[other]
    if len(there["data"]) + len(data) > _LARGEST:
        raise Needs("a sender that waits for its reader")
    there["data"] += data
    tell(guest, other)


def finish(guest: Guest, sock: int) -> None:
    """Send nothing more: the other end reads to here."""
    row = rows(guest)[sock]
    row["shut"] |= SENDING
    other = row["other"]
    set_state(guest, sock, LAST_ACK if row["ended"] else FIN_WAIT)
    if row["ended"]:
        set_state(guest, sock, CLOSE)
        if other:
            set_state(guest, other, CLOSE)
    elif other:
        set_state(guest, other, CLOSE_WAIT)
    if other:
        rows(guest)[other]["ended"] = 1
        tell(guest, other, "sk_state_change")


def reset(guest: Guest, sock: int) -> None:
    """Tell a socket that its connection is gone (`tcp_reset()`)."""
    row = rows(guest)[sock]
    row["error"] = EPIPE if row["ended"] else ECONNRESET
    row["other"], row["ended"], row["shut"] = 0, 1, READING | SENDING
    set_state(guest, sock, CLOSE)
    tell(guest, sock, "sk_error_report")


def close(guest: Guest, sock: int) -> list[int]:
    """Forget a socket; return the connections that nobody has accepted, which are closed, too."""
    row = rows(guest)[sock]
    other = row["other"]
    if other and row["data"]:
        reset(guest, other)
    elif other:
        if not row["shut"] & SENDING:
            finish(guest, sock)
        rows(guest)[other]["other"] = 0
    waiting = stop_listening(guest, sock)
    del rows(guest)[sock]
    return waiting


def stop_listening(guest: Guest, sock: int) -> list[int]:
    """Reset the connections that nobody has accepted, and let no more come; return what they were."""
    row = rows(guest)[sock]
    waiting, row["waiting"], row["backlog"] = row["waiting"], [], -1
    for child in waiting:
        if rows(guest)[child]["other"]:
            reset(guest, rows(guest)[child]["other"])
        del rows(guest)[child]
    return list(waiting)
