"""net/core/sock.c: Protocols of sockets, sockets of families that modules have, and packets that these own."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.module.main import module_put, try_module_get
from modtools.emulate.linux.kernel.sched import wait
from modtools.emulate.linux.kernel.time.timer import init_timer
from modtools.emulate.linux.mm.slub import kmem_cache_alloc
from modtools.emulate.linux.net.core import skbuff
from modtools.emulate.objects import listhead
from modtools.emulate.objects.caches import create as create_cache
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, constant, view
from modtools.integers import MASK64
from modtools.linuxerrno import EAGAIN, EINVAL, EPIPE

_CACHES = (
    ("rsk_prot", "request_sock_ops", "", "request_sock_"),
    ("twsk_prot", "timewait_sock_ops", "twsk_", "tw_sock_"),
)
"""What a protocol has besides its sockets: field, structure, how that one's fields and its cache's name begin."""


def _make_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str, word: str) -> None:
    """Make the cache of what a protocol has besides its sockets (`req_prot_init()`, `tw_prot_init()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        name = guest.new_text(word.encode() + guest.memory.text(proto.address("name")))
        setattr(operations, f"{prefix}slab_name", name)
        cache = create_cache(guest, name, getattr(operations, f"{prefix}obj_size"), 8, 0)
        setattr(operations, f"{prefix}slab", cache)


def _free_cache(guest: Guest, proto: View, field: str, kind: str, prefix: str) -> None:
    """Free the cache of what a protocol has besides its sockets (`req_prot_cleanup()`, `tw_prot_cleanup()`)."""
    if getattr(proto, field):
        operations = view(guest, kind, getattr(proto, field))
        for name in (f"{prefix}slab", f"{prefix}slab_name"):
            guest.heap.free(getattr(operations, name))
            setattr(operations, name, 0)


@function("int proto_register(struct proto *prot, int alloc_slab)")
def proto_register(guest: Guest, address: int, slab: int) -> int:
    """Register a protocol, with caches for its sockets if it wants them; return 0 or -EINVAL."""
    proto = view(guest, "proto", address)
    if proto.memory_allocated and not proto.sysctl_mem:
        return -EINVAL
    if slab:
        proto.slab = create_cache(guest, proto.address("name"), proto.obj_size, 8, 0)
        for operations, kind, prefix, word in _CACHES:
            _make_cache(guest, proto, operations, kind, prefix, word)
    guest.table("protos")[address] = 1
    return 0


@function("void proto_unregister(struct proto *prot)")
def proto_unregister(guest: Guest, address: int) -> None:
    """Unregister a protocol and free its caches."""
    proto = view(guest, "proto", address)
    guest.table("protos").pop(address, None)
    if proto.slab:
        guest.heap.free(proto.slab)
        proto.slab = 0
        for operations, kind, prefix, _ in _CACHES:
            _free_cache(guest, proto, operations, kind, prefix)


# Sockets.

_CLOSED, _SHIFT, _NO_QUEUE, _FOREVER = 7, 10, 0xFFFF, (1 << 63) - 1
_BUFFER = 212992
"""Bytes that wait in a socket: net.core.rmem_default and wmem_default."""
_OWNED = 4
"""Where `socket_lock_t` says that a process has the socket, behind its spin lock."""
_LAST = 16
"""Where the packets that came while a socket was locked end, behind what is counted of those that it has received."""
_NO_MORE_SENDING = 2
_INTERRUPTIBLE, _GFP_KERNEL = 1, 0xCC0


def sock(guest: Guest, address: int) -> View:
    """Return the `struct sock` at an address."""
    return view(guest, "sock", address)


def _common(row: View) -> View:
    common: View = getattr(row, "__sk_common")
    return common


@function("struct sock *sk_alloc(struct net *net, int family, gfp_t priority, struct proto *prot, int kern)")
def sk_alloc(guest: Guest, net: int, family: int, flags: int, prot: int, kern: int) -> int:
    """Return a new socket of a protocol and take a reference on the module that has it; NULL if that goes."""
    proto = view(guest, "proto", prot)
    if not try_module_get(guest, proto.owner):
        return 0
    size = guest.bounded(proto.obj_size)
    address = kmem_cache_alloc(guest, proto.slab, flags) if proto.slab else guest.heap.kmalloc(size)
    guest.memory.write(address, bytes(size))
    row = sock(guest, address)
    common = _common(row)
    common.skc_family, common.skc_prot, common.skc_net = family, prot, net
    row.sk_prot_creator, row.sk_kern_sock = prot, int(bool(kern))
    common.skc_net_refcnt, common.skc_tx_queue_mapping = int(not kern), _NO_QUEUE
    row.sk_wmem_alloc.refs = 1
    return int(address)


def _free(guest: Guest, address: int) -> None:
    """Free a socket that nothing refers to, and give the reference on its protocol's module back (`__sk_free()`)."""
    row = sock(guest, address)
    if row.sk_destruct:
        guest.call(row.sk_destruct, address)
    owner = view(guest, "proto", row.sk_prot_creator).owner
    guest.heap.free(address)
    module_put(guest, owner)


def _drop(guest: Guest, row: View, count: int) -> None:
    row.sk_wmem_alloc.refs -= count
    if not row.sk_wmem_alloc.refs:
        _free(guest, row.address())


@function("void sk_free(struct sock *sk)")
def sk_free(guest: Guest, address: int) -> None:
    """Free a socket once all packets are gone that it has sent."""
    _drop(guest, sock(guest, address), 1)


def _calls(guest: Guest, row: View) -> None:
    for field, name in (
        ("sk_state_change", "sock_def_wakeup"),
        ("sk_data_ready", "sock_def_readable"),
        ("sk_write_space", "sock_def_write_space"),
        ("sk_error_report", "sock_def_error_report"),
        ("sk_destruct", "sock_def_destruct"),
    ):
        setattr(row, field, guest.address_of(name))


@function("void sock_init_data(struct socket *sock, struct sock *sk)")
def sock_init_data(guest: Guest, socket: int, address: int) -> None:
    """Initialise a closed socket, with empty queues and the usual functions, and tie it to its `struct socket`."""
    row, common = sock(guest, address), _common(sock(guest, address))
    for queue in (row.sk_error_queue, row.sk_receive_queue, row.sk_write_queue):
        listhead.init(guest, queue.address())
        queue.qlen = 0
    init_timer(guest, row.sk_timer.address(), 0, 0, 0, 0)
    row.sk_allocation, row.sk_rcvbuf, row.sk_sndbuf, common.skc_state = _GFP_KERNEL, _BUFFER, _BUFFER, _CLOSED
    row.sk_use_task_frag, row.sk_socket = 1, socket
    common.skc_flags |= 1 << constant(guest, "SOCK_ZAPPED")
    row.sk_uid = 0
    if socket:
        there = view(guest, "socket", socket)
        row.sk_type, row.sk_wq, there.sk = there.type, there.wq.address(), address
    _calls(guest, row)
    row.sk_peek_off, row.sk_rcvlowat, row.sk_stamp = -1, 1, -1
    row.sk_rcvtimeo = row.sk_sndtimeo = _FOREVER
    row.sk_max_pacing_rate = row.sk_pacing_rate = MASK64
    row.sk_pacing_shift, common.skc_incoming_cpu = _SHIFT, -1
    common.skc_rx_queue_mapping, common.skc_refcnt.refs = _NO_QUEUE, 1


def _wake(guest: Guest, address: int) -> None:
    """Wake all who wait for something to happen to a socket; a program that wants a signal stops the run."""
    queue = sock(guest, address).sk_wq
    if queue:
        if view(guest, "socket_wq", queue).fasync_list:
            raise Needs("a program that wants signals of a socket")
        wait.wake(guest, view(guest, "socket_wq", queue).wait.address(), _INTERRUPTIBLE, 0, 0)


for _name in ("wakeup", "readable", "write_space", "error_report"):
    function(f"void sock_def_{_name}(struct sock *sk)")(_wake)
function("void sock_def_destruct(struct sock *sk)")(lambda _guest, _address: None)


def _owned(guest: Guest, address: int) -> int:
    return sock(guest, address).address("sk_lock") + _OWNED


@function("void lock_sock_nested(struct sock *sk, int subclass)")
def lock_sock_nested(guest: Guest, address: int, _class: int) -> None:
    """Take a socket for the caller, and wait while another one has it."""
    place = _owned(guest, address)
    guest.wait_until(lambda: not guest.memory.u32(place))
    guest.memory.put(place, 1, 4)


@function("void release_sock(struct sock *sk)")
def release_sock(guest: Guest, address: int) -> None:
    """Give a socket back; what came meanwhile stops the run."""
    if guest.memory.u64(sock(guest, address).address("sk_backlog") + _LAST):
        raise Needs("packets that came while a socket was locked")
    call = view(guest, "proto", _common(sock(guest, address)).skc_prot).release_cb
    if call:
        guest.call(call, address)
    guest.memory.put(_owned(guest, address), 0, 4)


# Packets of sockets.


def _orphan(guest: Guest, packet: View) -> None:
    if packet.destructor:
        guest.call(packet.destructor, packet.address())
    packet.destructor = packet.sk = 0


@function("void sock_wfree(struct sk_buff *skb)")
def sock_wfree(guest: Guest, packet: int) -> None:
    """Take a packet off what its socket has sent, which may send again; free the socket if that was what it waited
    for.
    """
    row = skbuff.skb(guest, packet)
    owner, size = sock(guest, row.sk), row.truesize
    if not _common(owner).skc_flags >> constant(guest, "SOCK_USE_WRITE_QUEUE") & 1:
        owner.sk_wmem_alloc.refs -= size - 1
        guest.call(owner.sk_write_space, owner.address())
        size = 1
    _drop(guest, owner, size)


@function("void skb_set_owner_w(struct sk_buff *skb, struct sock *sk)")
def skb_set_owner_w(guest: Guest, packet: int, address: int) -> None:
    """Count a packet among those that a socket has sent."""
    row, owner = skbuff.skb(guest, packet), sock(guest, address)
    _orphan(guest, row)
    row.sk, row.destructor = address, guest.address_of("sock_wfree")
    owner.sk_wmem_alloc.refs += row.truesize


@function(
    "struct sk_buff *sock_alloc_send_pskb(struct sock *sk, unsigned long header_len, unsigned long data_len,"
    " int noblock, int *errcode, int max_page_order)"
)
def sock_alloc_send_pskb(
    guest: Guest, address: int, header: int, data: int, noblock: int, error: int, _order: int
) -> int:
    """Return a new packet of a socket, or NULL and why there is none."""
    row = sock(guest, address)
    why = -row.sk_err or (row.sk_shutdown & _NO_MORE_SENDING and -EPIPE)
    row.sk_err = 0
    if not why and row.sk_wmem_alloc.refs - 1 >= row.sk_sndbuf:
        if not noblock:
            raise Needs("waiting until a socket may send")
        why = -EAGAIN
    if why:
        guest.memory.put(error, why, 4)
        return 0
    if data:
        raise Needs("a packet in several pieces")
    packet = skbuff.alloc_skb(guest, header, row.sk_allocation, 0, -1)
    skb_set_owner_w(guest, packet, address)
    return int(packet)
