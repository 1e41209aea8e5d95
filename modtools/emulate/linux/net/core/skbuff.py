"""net/core/skbuff.c: Buffers of packets, of one stretch of memory each.

The data is kmalloc'ed: room for the packet, then the 320 bytes of `struct skb_shared_info`, at `end`. `tail` and `end`
are offsets from `head`. Clones, fragments, routes and extensions are not done.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.rcu.tree import synchronize_rcu
from modtools.emulate.objects import listhead, refcounts
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, constant, new, size_of, view
from modtools.linuxerrno import EFAULT

_LINE, _PAGE = 64, 4096
_UNSET = 0xFFFF
_FCLONE = 1
_SMALLEST_FRAGMENT = 1024


def _aligned(size: int) -> int:
    return -(-size // _LINE) * _LINE


def _shared(guest: Guest) -> int:
    """Return the number of bytes of `struct skb_shared_info` behind the packet, in whole cache lines."""
    return _aligned(size_of(guest, "skb_shared_info"))


def skb(guest: Guest, address: int) -> View:
    """Return the `struct sk_buff` at an address."""
    return view(guest, "sk_buff", address)


@function("struct sk_buff *__alloc_skb(unsigned int size, gfp_t gfp_mask, int flags, int node)")
def alloc_skb(guest: Guest, size: int, _gfp: int, flags: int, _node: int) -> int:
    """Return a new buffer; all that the memory's size class has is room for the packet. One with a clone beside it
    stops the run.
    """
    if flags & _FCLONE:
        raise Needs("a packet with a clone beside it")
    head = guest.heap.kmalloc(guest.bounded(_aligned(size) + _shared(guest)))
    room = guest.heap.size(head) - _shared(guest)
    row = new(guest, "sk_buff")
    row.head = row.data = head
    row.end, row.mac_header, row.transport_header = room, _UNSET, _UNSET
    row.truesize = room + _aligned(size_of(guest, "sk_buff")) + _shared(guest)
    row.users.refs = 1
    view(guest, "skb_shared_info", head + room).dataref = 1
    return row.address()


@function("struct sk_buff *__netdev_alloc_skb(struct net_device *dev, unsigned int length, gfp_t gfp_mask)")
def netdev_alloc_skb(guest: Guest, device: int, length: int, flags: int) -> int:
    """Return a new buffer of a device, with 64 bytes of headroom. A size between small and large, which would be a part
    of a page, stops the run.
    """
    length += _LINE
    small, large = _SMALLEST_FRAGMENT - _shared(guest), _PAGE - _shared(guest)
    if small < length <= large:
        raise Needs("a packet in a part of a page")
    row = skb(guest, alloc_skb(guest, length, flags, 0, -1))
    row.data += _LINE
    row.tail += _LINE
    row.dev = device
    return row.address()


def _linear(guest: Guest, address: int) -> View:
    row = skb(guest, address)
    if row.data_len:
        raise Needs("a packet in several pieces")
    return row


@function("void *skb_put(struct sk_buff *skb, unsigned int len)")
def skb_put(guest: Guest, address: int, length: int) -> int:
    """Lengthen the data at its end; return where the new part begins. Overrunning the buffer, a panic in Linux, stops
    the run.
    """
    row = _linear(guest, address)
    place = row.head + row.tail
    if row.tail + length > row.end:
        raise Needs("panic (skb_over_panic)")
    row.tail += length
    row.len += length
    return int(place)


@function("void *skb_push(struct sk_buff *skb, unsigned int len)")
def skb_push(guest: Guest, address: int, length: int) -> int:
    """Lengthen the data at its beginning; return where it now begins. Underrunning the buffer, a panic in Linux, stops
    the run.
    """
    row = skb(guest, address)
    if row.data - length < row.head:
        raise Needs("panic (skb_under_panic)")
    row.data -= length
    row.len += length
    return int(row.data)


@function("void *skb_pull(struct sk_buff *skb, unsigned int len)")
def skb_pull(guest: Guest, address: int, length: int) -> int:
    """Shorten the data at its beginning; return where it now begins, NULL if it has not so many bytes."""
    row = _linear(guest, address)
    if length > row.len:
        return 0
    row.len -= length
    row.data += length
    return int(row.data)


@function("void skb_trim(struct sk_buff *skb, unsigned int len)")
def skb_trim(guest: Guest, address: int, length: int) -> None:
    """Shorten the data at its end to a length; shorter data is left."""
    row = _linear(guest, address)
    if row.len > length:
        row.len = length
        row.tail = row.data - row.head + length


@function("int skb_copy_bits(const struct sk_buff *skb, int offset, void *to, int len)")
def skb_copy_bits(guest: Guest, address: int, offset: int, target: int, length: int) -> int:
    """Copy bytes of a packet; return 0, or -EFAULT if it has not so many behind the offset."""
    row = _linear(guest, address)
    if offset > row.len - length:
        return -EFAULT
    if length > 0:
        guest.memory.write(target, guest.memory.read(row.data + offset, guest.bounded(length)))
    return 0


def _free(guest: Guest, address: int) -> None:
    """Give a reference on a buffer back, and free it with the last one, after its destructor; NULL is ignored."""
    if not address:
        return
    row = skb(guest, address)
    if row.users.refs > 1 or not row.users.refs:
        refcounts.drop(guest, row.users.address())
        return
    shared = view(guest, "skb_shared_info", row.head + row.end)
    if row.fclone or row.cloned or row.head_frag or row.active_extensions or getattr(row, "_skb_refdst"):  # noqa: B009
        raise Needs("freeing a packet with more than its data")
    if shared.nr_frags or shared.frag_list or getattr(row, "_nfct"):  # noqa: B009
        raise Needs("freeing a packet in several pieces")
    if row.destructor:
        guest.call(row.destructor, address)
    guest.heap.free(row.head)
    guest.heap.free(address)


@function("void kfree_skb_reason(struct sk_buff *skb, enum skb_drop_reason reason)")
def kfree_skb_reason(guest: Guest, address: int, _reason: int) -> None:
    """Give a reference on a dropped packet back; the reason is not noted."""
    _free(guest, address)


@function("void sk_skb_reason_drop(struct sock *sk, struct sk_buff *skb, enum skb_drop_reason reason)")
def sk_skb_reason_drop(guest: Guest, _socket: int, address: int, _reason: int) -> None:
    """Give a reference on a packet back that a socket drops; neither is noted."""
    _free(guest, address)


@function("void consume_skb(struct sk_buff *skb)")
def consume_skb(guest: Guest, address: int) -> None:
    """Give a reference on a packet that was used back."""
    _free(guest, address)


# Reasons why packets are dropped.


def _check_subsystem(guest: Guest, number: int) -> None:
    """Raise Needs for a number that Linux warns about: the core's own, or none of a subsystem's."""
    core, count = constant(guest, "SKB_DROP_REASON_SUBSYS_CORE"), constant(guest, "SKB_DROP_REASON_SUBSYS_NUM")
    if not core < number < count:
        raise Needs("the warning about an invalid subsystem of reasons")


@function("void drop_reasons_register_subsys(enum skb_drop_reason_subsys subsys, const struct drop_reason_list *list)")
def drop_reasons_register_subsys(guest: Guest, number: int, reasons: int) -> None:
    """Note the reasons of a subsystem, which nobody asks for as no packet is dropped."""
    _check_subsystem(guest, number)
    guest.table("drop reasons")[number] = reasons


@function("void drop_reasons_unregister_subsys(enum skb_drop_reason_subsys subsys)")
def drop_reasons_unregister_subsys(guest: Guest, number: int) -> None:
    """Forget the reasons of a subsystem, and wait for those who may look at them."""
    _check_subsystem(guest, number)
    guest.table("drop reasons").pop(number, None)
    synchronize_rcu(guest)


# Queues.


def _insert(guest: Guest, queue: int, address: int, before: int) -> None:
    listhead.add_tail(guest, address, before)
    view(guest, "sk_buff_head", queue).qlen += 1


@function("void skb_queue_head(struct sk_buff_head *list, struct sk_buff *newsk)")
def skb_queue_head(guest: Guest, queue: int, address: int) -> None:
    """Put a buffer at the beginning of a queue."""
    _insert(guest, queue, address, guest.memory.u64(queue))


@function("void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *newsk)")
def skb_queue_tail(guest: Guest, queue: int, address: int) -> None:
    """Put a buffer at the end of a queue."""
    _insert(guest, queue, address, queue)


@function("void skb_unlink(struct sk_buff *skb, struct sk_buff_head *list)")
def skb_unlink(guest: Guest, address: int, queue: int) -> None:
    """Take a buffer out of its queue."""
    listhead.take_out(guest, address)
    row = skb(guest, address)
    row.next = row.prev = 0
    view(guest, "sk_buff_head", queue).qlen -= 1


def _dequeue(guest: Guest, queue: int, found: int) -> int:
    if found == queue:
        return 0
    skb_unlink(guest, found, queue)
    return found


@function("struct sk_buff *skb_dequeue(struct sk_buff_head *list)")
def skb_dequeue(guest: Guest, queue: int) -> int:
    """Take the first buffer out of a queue and return it; NULL if the queue is empty."""
    return _dequeue(guest, queue, view(guest, "sk_buff_head", queue).next)


@function("struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list)")
def skb_dequeue_tail(guest: Guest, queue: int) -> int:
    """Take the last buffer out of a queue and return it; NULL if the queue is empty."""
    return _dequeue(guest, queue, view(guest, "sk_buff_head", queue).prev)


@function(
    "void skb_queue_purge(struct sk_buff_head *list)",
    "void skb_queue_purge_reason(struct sk_buff_head *list, enum skb_drop_reason reason)",
)
def skb_queue_purge(guest: Guest, queue: int, _reason: int = 0) -> None:
    """Free all buffers of a queue; the reason is not noted."""
    while found := _dequeue(guest, queue, view(guest, "sk_buff_head", queue).next):
        _free(guest, found)
