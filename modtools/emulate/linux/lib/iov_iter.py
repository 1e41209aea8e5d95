"""lib/iov_iter.c: Iterators over memory, with which read_iter() and write_iter() move data.

Of the kinds of `struct iov_iter` there are those that a file of the virtual machine is read and written with: one
stretch (ITER_UBUF), and tables of `struct iovec` or `struct kvec`, which are laid out alike. What has been moved is
taken from the front.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, constant, has, size_of, view


def _tables(guest: Guest) -> tuple[int, int]:
    """Return the kinds of iterators over tables; their numbers differ between kernels."""
    return constant(guest, "ITER_IOVEC"), constant(guest, "ITER_KVEC")


def _is_one(guest: Guest, row: View) -> bool:
    """Return whether an iterator is over one stretch."""
    return bool(row.iter_type == constant(guest, "ITER_UBUF"))


def _setup(guest: Guest, address: int, kind: int, source: int, table: int, segments: int, count: int) -> None:
    guest.memory.write(address, bytes(size_of(guest, "iov_iter")))
    row = view(guest, "iov_iter", address)
    row.iter_type, row.data_source = kind, int(bool(source))
    if has(guest, "iov_iter", "user_backed"):  # until 6.6
        row.user_backed = int(kind == constant(guest, "ITER_IOVEC"))
    row.kvec, row.nr_segs, row.count = table, segments, count


@function(
    "void iov_iter_kvec(struct iov_iter *i, unsigned int direction, const struct kvec *kvec, unsigned long nr_segs,"
    " size_t count)"
)
def iov_iter_kvec(guest: Guest, address: int, source: int, table: int, segments: int, count: int) -> None:
    """Make an iterator over a table of stretches of kernel memory."""
    _setup(guest, address, constant(guest, "ITER_KVEC"), source, table, segments, count)


@function(
    "void iov_iter_init(struct iov_iter *i, unsigned int direction, const struct iovec *iov, unsigned long nr_segs,"
    " size_t count)"
)
def iov_iter_init(guest: Guest, address: int, source: int, table: int, segments: int, count: int) -> None:
    """Make an iterator over a table of stretches of a program's memory."""
    _setup(guest, address, constant(guest, "ITER_IOVEC"), source, table, segments, count)


def _advance(guest: Guest, row: View, size: int) -> None:
    row.count -= size
    if _is_one(guest, row):
        row.iov_offset += size
        return
    size += row.iov_offset
    while row.nr_segs and size >= (length := view(guest, "iovec", row.kvec).iov_len):
        size -= length
        row.kvec, row.nr_segs = row.kvec + size_of(guest, "iovec"), row.nr_segs - 1
    row.iov_offset = size


def _pieces(guest: Guest, row: View, size: int) -> Iterator[tuple[int, int]]:
    """Yield address and length of each stretch of the next bytes; the iterator moves on when the next one is asked
    for.
    """
    if not _is_one(guest, row) and row.iter_type not in _tables(guest):
        raise Needs("an iov_iter of pages")
    left = min(guest.bounded(size), row.count)
    while left:
        if _is_one(guest, row):
            place, length = row.ubuf + row.iov_offset, left
        else:
            segment = view(guest, "iovec", row.kvec)
            place = segment.iov_base + row.iov_offset
            length = min(left, segment.iov_len - row.iov_offset)
        if length:
            yield place, length
        left -= length
        _advance(guest, row, length)


@function("size_t _copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)")
def copy_to_iter(guest: Guest, source: int, size: int, address: int) -> int:
    """Copy bytes to an iterator and move it on; return how many."""
    done = 0
    for place, length in _pieces(guest, view(guest, "iov_iter", address), size):
        guest.memory.write(place, guest.memory.read(source + done, length))
        done += length
    return done


@function(
    "size_t _copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)",
    "size_t _copy_from_iter_nocache(void *addr, size_t bytes, struct iov_iter *i)",
)
def copy_from_iter(guest: Guest, target: int, size: int, address: int) -> int:
    """Copy bytes from an iterator and move it on; return how many."""
    done = 0
    for place, length in _pieces(guest, view(guest, "iov_iter", address), size):
        guest.memory.write(target + done, guest.memory.read(place, length))
        done += length
    return done


@function("size_t iov_iter_zero(size_t bytes, struct iov_iter *i)")
def iov_iter_zero(guest: Guest, size: int, address: int) -> int:
    """Write zeros to an iterator and move it on; return how many."""
    done = 0
    for place, length in _pieces(guest, view(guest, "iov_iter", address), size):
        guest.memory.write(place, bytes(length))
        done += length
    return done


@function("void iov_iter_advance(struct iov_iter *i, size_t size)")
def iov_iter_advance(guest: Guest, address: int, size: int) -> None:
    """Move an iterator on, at most to its end, without copying."""
    row = view(guest, "iov_iter", address)
    _advance(guest, row, min(size, row.count))


@function("void iov_iter_revert(struct iov_iter *i, size_t unroll)")
def iov_iter_revert(guest: Guest, address: int, size: int) -> None:
    """Move an iterator back over bytes that it has passed."""
    row = view(guest, "iov_iter", address)
    row.count += size
    while not _is_one(guest, row) and size > row.iov_offset:
        size -= row.iov_offset
        row.kvec, row.nr_segs = row.kvec - size_of(guest, "iovec"), row.nr_segs + 1
        row.iov_offset = view(guest, "iovec", row.kvec).iov_len
    row.iov_offset -= size
