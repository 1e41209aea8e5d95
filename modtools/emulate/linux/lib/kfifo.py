"""lib/kfifo.c: Queues of elements or records in a ring of memory.

The counters `in` and `out` of elements run on without bound, in 32 bits; the place is what `mask` leaves of them.
Queues of records have a length of one or two bytes, little-endian, before each record.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib.usercopy import from_user, to_user
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, view
from modtools.linuxerrno import EFAULT, EINVAL, ENOMEM

_MASK32 = 0xFFFFFFFF


def _fifo(guest: Guest, address: int) -> View:
    return view(guest, "__kfifo", address)


def _used(fifo: View) -> int:
    return int(getattr(fifo, "in") - fifo.out & _MASK32)


def _unused(fifo: View) -> int:
    return int(fifo.mask + 1 - _used(fifo) & _MASK32)


def _set(fifo: View, data: int, mask: int, esize: int) -> None:
    setattr(fifo, "in", 0)
    fifo.out, fifo.esize, fifo.data, fifo.mask = 0, esize, data, mask


def _add(fifo: View, count: int) -> None:
    setattr(fifo, "in", getattr(fifo, "in") + count & _MASK32)


def _drop(fifo: View, count: int) -> None:
    fifo.out = fifo.out + count & _MASK32


@function("int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp_mask)")
def kfifo_alloc(guest: Guest, address: int, count: int, esize: int, _flags: int) -> int:
    """Allocate room for elements, their count rounded up to a power of two; return 0, -EINVAL for less than two, or
    -ENOMEM.
    """
    count = 1 << max(count - 1, 0).bit_length()
    if count < 2:
        _set(_fifo(guest, address), 0, 0, esize)
        return -EINVAL
    data = guest.heap.kmalloc(count * esize) if esize else 16
    _set(_fifo(guest, address), data, count - 1 if data else 0, esize)
    return 0 if data else -ENOMEM


@function("void __kfifo_free(struct __kfifo *fifo)")
def kfifo_free(guest: Guest, address: int) -> None:
    """Free the memory of a queue, which has no room then."""
    fifo = _fifo(guest, address)
    guest.heap.free(fifo.data)
    _set(fifo, 0, 0, 0)


@function("int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int size, size_t esize)")
def kfifo_init(guest: Guest, address: int, data: int, size: int, esize: int) -> int:
    """Use the caller's memory for as many elements as fit, a power of two; return 0, or -EINVAL for less than two."""
    count = size // esize if esize else 0
    count = 1 << max(count.bit_length() - 1, 0)
    _set(_fifo(guest, address), data, count - 1, esize)
    return 0 if count > 1 else -EINVAL


def _pieces(fifo: View, start: int, count: int) -> list[tuple[int, int, int]]:
    """Return place, offset in the caller's memory, and size of the one or two stretches that some elements take."""
    esize = int(fifo.esize) or 1
    at, size, length = (start & fifo.mask) * esize, (fifo.mask + 1) * esize, count * esize
    first = min(length, size - at)
    return [(fifo.data + at, 0, first), (fifo.data, first, length - first)]


def _carry(guest: Guest, fifo: View, start: int, memory: int, count: int, *, into: bool) -> int:
    """Copy elements from or to user memory; return how many could not be copied, because it is not there."""
    esize = int(fifo.esize) or 1
    done = 0
    for place, offset, size in _pieces(fifo, start, count):
        left = from_user(guest, place, memory + offset, size) if into else to_user(guest, memory + offset, place, size)
        if left:
            return -int(-(count * esize - done - size + left) // esize)
        done += size
    return 0


def _move(guest: Guest, fifo: View, start: int, memory: int, count: int, *, into: bool) -> None:
    """Copy elements from or to kernel memory, which must be there."""
    for place, offset, size in _pieces(fifo, start, count):
        if size:
            to, source = (place, memory + offset) if into else (memory + offset, place)
            guest.memory.write(to, guest.memory.read(source, size))


@function("unsigned int __kfifo_in(struct __kfifo *fifo, const void *buf, unsigned int len)")
def kfifo_in(guest: Guest, address: int, source: int, count: int) -> int:
    """Put elements into a queue, as many as there is room for; return how many."""
    fifo = _fifo(guest, address)
    count = min(count, _unused(fifo))
    _move(guest, fifo, getattr(fifo, "in"), source, count, into=True)
    _add(fifo, count)
    return count


@function("unsigned int __kfifo_out_peek(struct __kfifo *fifo, void *buf, unsigned int len)")
def kfifo_out_peek(guest: Guest, address: int, target: int, count: int) -> int:
    """Copy elements out of a queue and leave them in it; return how many."""
    fifo = _fifo(guest, address)
    count = min(count, _used(fifo))
    _move(guest, fifo, fifo.out, target, count, into=False)
    return count


@function("unsigned int __kfifo_out(struct __kfifo *fifo, void *buf, unsigned int len)")
def kfifo_out(guest: Guest, address: int, target: int, count: int) -> int:
    """Take elements out of a queue; return how many."""
    count = int(kfifo_out_peek(guest, address, target, count))
    _drop(_fifo(guest, address), count)
    return count


def _user(guest: Guest, address: int, memory: int, size: int, copied: int, *, into: bool) -> int:
    fifo = _fifo(guest, address)
    esize = int(fifo.esize) or 1
    count = min(size // esize & _MASK32, _unused(fifo) if into else _used(fifo))
    left = _carry(guest, fifo, getattr(fifo, "in") if into else fifo.out, memory, count, into=into)
    guest.memory.put(copied, (count - left) * esize, 4)
    (_add if into else _drop)(fifo, count - left)
    return -EFAULT if left else 0


@function("int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long len, unsigned *copied)")
def kfifo_from_user(guest: Guest, address: int, source: int, size: int, copied: int) -> int:
    """Put elements from user memory into a queue; write how many bytes to `*copied`, return 0 or -EFAULT."""
    return _user(guest, address, source, size, copied, into=True)


@function("int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long len, unsigned *copied)")
def kfifo_to_user(guest: Guest, address: int, target: int, size: int, copied: int) -> int:
    """Take elements out of a queue to user memory; write how many bytes to `*copied`, return 0 or -EFAULT."""
    return _user(guest, address, target, size, copied, into=False)


# Queues of records.


def _length(guest: Guest, fifo: View, recsize: int) -> int:
    return sum(guest.memory.u8(fifo.data + (fifo.out + at & fifo.mask)) << 8 * at for at in range(min(recsize, 2)))


def _begin(guest: Guest, fifo: View, length: int, recsize: int) -> None:
    for at in range(min(recsize, 2)):
        guest.memory.put(fifo.data + (getattr(fifo, "in") + at & fifo.mask), length >> 8 * at & 0xFF, 1)


@function("unsigned int __kfifo_max_r(unsigned int len, size_t recsize)")
def kfifo_max_r(_guest: Guest, length: int, recsize: int) -> int:
    """Return `len`, or less where so many bytes cannot hold that length of a record."""
    return min(length, (1 << 8 * recsize) - 1)


@function("unsigned int __kfifo_len_r(struct __kfifo *fifo, size_t recsize)")
def kfifo_len_r(guest: Guest, address: int, recsize: int) -> int:
    """Return the length of the next record."""
    return _length(guest, _fifo(guest, address), recsize)


@function("void __kfifo_skip_r(struct __kfifo *fifo, size_t recsize)")
def kfifo_skip_r(guest: Guest, address: int, recsize: int) -> None:
    """Remove the next record from a queue."""
    fifo = _fifo(guest, address)
    _drop(fifo, _length(guest, fifo, recsize) + recsize)


@function("unsigned int __kfifo_in_r(struct __kfifo *fifo, const void *buf, unsigned int len, size_t recsize)")
def kfifo_in_r(guest: Guest, address: int, source: int, length: int, recsize: int) -> int:
    """Put a whole record into a queue; return its length, or 0 if there is no room."""
    fifo = _fifo(guest, address)
    if length + recsize > _unused(fifo):
        return 0
    _begin(guest, fifo, length, recsize)
    _move(guest, fifo, getattr(fifo, "in") + recsize & _MASK32, source, length, into=True)
    _add(fifo, length + recsize)
    return length


@function("unsigned int __kfifo_out_peek_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize)")
def kfifo_out_peek_r(guest: Guest, address: int, target: int, limit: int, recsize: int) -> int:
    """Copy the beginning of the next record and leave it in the queue; return how many bytes."""
    fifo = _fifo(guest, address)
    if not _used(fifo):
        return 0
    limit = min(limit, _length(guest, fifo, recsize))
    _move(guest, fifo, fifo.out + recsize & _MASK32, target, limit, into=False)
    return limit


@function("unsigned int __kfifo_out_r(struct __kfifo *fifo, void *buf, unsigned int len, size_t recsize)")
def kfifo_out_r(guest: Guest, address: int, target: int, limit: int, recsize: int) -> int:
    """Copy the beginning of the next record and remove all of it; return how many bytes."""
    fifo = _fifo(guest, address)
    if not _used(fifo):
        return 0
    limit = int(kfifo_out_peek_r(guest, address, target, limit, recsize))
    kfifo_skip_r(guest, address, recsize)
    return limit
