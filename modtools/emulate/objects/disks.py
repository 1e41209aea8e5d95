"""Disks of modules: what reads and writes them, request by request.

From Linux 6.1: `block/fops.c`, `block/bdev.c: blkdev_get_by_dev(), blkdev_put()`, `block/blk-mq.c`, `fs/buffer.c`.
Tables: `disks` has the address of each `struct gendisk` that is added, and 2 for one that has done requests, else 1;
`disk queues` for a `struct request_queue` its only hardware queue, `ended` the status of each request and bio that is
done. A file of a disk has no memory of what was read before: it is opened, read or written, and closed.

A disk is read in pieces of 128 KiB, which is how far the kernel reads ahead. Pages of which only a part is written are
read before; what was written goes to the disk when it is closed. Errors of a disk stop the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from modtools.emulate.memory import pages
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, has, new, size_of, view
from modtools.integers import signed
from modtools.link.memory import PAGE
from modtools.linuxerrno import ENOSPC

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


SECTOR = 512
READ, WRITE = 0, 1
"""The operations, and the modes of a file minus one."""
_AHEAD, _AT_ONCE = 128 << 10, 1 << 20
"""How much is read at once, and written."""


def name(guest: Guest, disk: int) -> str:
    """Return a disk's name."""
    return guest.text(view(guest, "gendisk", disk).address("disk_name"), 32)


def number(guest: Guest, disk: int) -> int:
    """Return a disk's device number."""
    row = view(guest, "gendisk", disk)
    return int(row.major) << 20 | int(row.first_minor)


def sectors(guest: Guest, disk: int) -> int:
    """Return how many sectors a disk has."""
    return int(view(guest, "block_device", view(guest, "gendisk", disk).part0).bd_nr_sectors)


def show(guest: Guest) -> str:
    """Return the text of /proc/partitions: the kernel has no disks of its own."""
    lines = ["major minor  #blocks  name\n\n"] if guest.table("disks") else []
    for disk in guest.table("disks"):
        device, blocks = number(guest, disk), sectors(guest, disk) // 2
        lines.append(f"{device >> 20:4d}  {device & 0xFFFFF:7d} {blocks:10d} {name(guest, disk)}\n")
    return "".join(lines)


COUNTERS = 17
"""Numbers that tell what a disk has done."""
UNUSED, _USED = 1, 2
"""Whether requests of a disk's were counted."""


def counters(guest: Guest, disk: int) -> list[int]:
    """Return what a disk has done: nothing. Raises Needs for one that has done requests, whose times are counted."""
    if guest.table("disks")[disk] == _USED:
        raise Needs("the counters of a disk that was used")
    return [0] * COUNTERS


def show_counters(guest: Guest) -> str:
    """Return the text of /proc/diskstats."""
    lines = []
    for disk in guest.table("disks"):
        device, row = number(guest, disk), " ".join(map(str, counters(guest, disk)))
        lines.append(f"{device >> 20:4d} {device & 0xFFFFF:7d} {name(guest, disk)} {row}\n")
    return "".join(lines)


def _bio(guest: Guest, disk: int, operation: int, place: int, first: int, size: int) -> View:
    """Return a new bio for whole pages at an address."""
    bio, count = new(guest, "bio"), size // PAGE
    bio.bi_bdev, bio.bi_opf = view(guest, "gendisk", disk).part0, operation
    bio.bi_iter.bi_sector, bio.bi_iter.bi_size = first, size
    bio.bi_vcnt = bio.bi_max_vecs = count
    bio.bi_io_vec = guest.heap.kmalloc(count * size_of(guest, "bio_vec"))
    for number_of in range(count):
        vector = view(guest, "bio_vec", bio.bi_io_vec + number_of * size_of(guest, "bio_vec"))
        vector.bv_page, vector.bv_len = pages.page_of(place + number_of * PAGE), PAGE
    return bio


def _request(guest: Guest, disk: int, bio: View) -> View:
    """Return a new request for a bio, with what its driver has behind it."""
    queue = view(guest, "gendisk", disk).queue
    tags = view(guest, "blk_mq_tag_set", view(guest, "request_queue", queue).tag_set)
    request = view(guest, "request", guest.heap.kmalloc(size_of(guest, "request") + tags.cmd_size))
    request.q, request.cmd_flags, request.bio, request.biotail = queue, bio.bi_opf, bio.address(), bio.address()
    setattr(request, "__data_len", bio.bi_iter.bi_size)
    setattr(request, "__sector", bio.bi_iter.bi_sector)
    request.mq_hctx = guest.table("disk queues").get(queue) or _context(guest, queue, tags)
    request.internal_tag = -1
    ops = view(guest, "blk_mq_ops", tags.ops)
    if ops.init_request and guest.call_signed(ops.init_request, tags.address(), request.address(), 0, 0):
        raise Needs("init_request() that fails")
    return request


def _context(guest: Guest, queue: int, tags: View) -> int:
    """Return the only hardware queue of a disk, which is made at first use."""
    context = new(guest, "blk_mq_hw_ctx")
    context.queue, context.driver_data = queue, tags.driver_data
    guest.table("disk queues")[queue] = context.address()
    ops = view(guest, "blk_mq_ops", tags.ops)
    if ops.init_hctx and guest.call_signed(ops.init_hctx, context.address(), tags.driver_data, 0):
        raise Needs("init_hctx() that fails")
    return context.address()


def _submit(guest: Guest, disk: int, bio: View) -> int:
    """Give a bio to a disk's driver, as a request if it has a queue of these; return the address of what ends."""
    row = view(guest, "gendisk", disk)
    operations = view(guest, "block_device_operations", row.fops)
    if operations.submit_bio:
        guest.call(operations.submit_bio, bio.address())
        return bio.address()
    guest.table("disks")[disk] = _USED
    request, data = _request(guest, disk, bio), new(guest, "blk_mq_queue_data")
    data.rq, data.last = request.address(), 1
    tags = view(guest, "blk_mq_tag_set", view(guest, "request_queue", row.queue).tag_set)
    status = guest.call(view(guest, "blk_mq_ops", tags.ops).queue_rq, request.mq_hctx, data.address()) & 0xFF
    guest.heap.free(data.address())
    if status:
        raise Needs(f"queue_rq() that returns {status}")
    return request.address()


def transfer(guest: Guest, disk: int, operation: int, first: int, data: bytes) -> bytes:
    """Read as many bytes as given from a sector on, or write them; return what is in the memory then."""
    order = (len(data) // PAGE - 1).bit_length()
    page = pages.allocate(guest, order)
    place = pages.address_of_page(page)
    guest.memory.write(place, data)
    bio = _bio(guest, disk, operation, place, first, len(data))
    waited = _submit(guest, disk, bio)
    ended = guest.table("ended")
    guest.wait_until(lambda: waited in guest.table("ended"))
    if ended.pop(waited):
        raise Needs("the complaint about a disk's error")
    found = guest.memory.read(place, len(data))
    vectors = bio.bi_io_vec
    for address in {waited, bio.address(), vectors, place}:
        guest.heap.free(address)
    return found


def _opened(guest: Guest, disk: int, operation: int, act: Callable[[], int]) -> int:
    """Open a disk, act, and close it; return what acting gave, or the error of opening."""
    if not has(guest, "block_device", "bd_fsfreeze_count"):
        raise Needs("open() of a disk of this kernel")
    row = view(guest, "gendisk", disk)
    operations = view(guest, "block_device_operations", row.fops)
    module = guest.module_at(operations.owner)
    if operations.open and (error := guest.call_signed(operations.open, row.part0, operation + 1)):
        return error
    if module:
        module.refcount += 1
    result = act()
    if operations.release:
        guest.call(operations.release, disk, operation + 1)
    if module:
        module.refcount -= 1
    return result


def _size(guest: Guest, disk: int) -> int:
    size = sectors(guest, disk) * SECTOR
    if size % PAGE:
        raise Needs("a disk that does not end with a page")
    return guest.bounded(size)


def read(guest: Guest, disk: int, _unused: int) -> int:
    """Read a whole disk into the table `answer`; return 0 or a negative errno."""

    def act() -> int:
        size, content = _size(guest, disk), b""
        for at in range(0, size, _AHEAD):
            content += transfer(guest, disk, READ, at // SECTOR, bytes(min(_AHEAD, size - at)))
        guest.table("answer")["data"] = content
        return 0

    return signed(_opened(guest, disk, READ, act))


def _pieces(size: int, step: int) -> Iterator[tuple[int, int]]:
    for at in range(0, size, step):
        yield at, min(step, size - at)


def write(guest: Guest, disk: int, _unused: int, data: bytes) -> int:
    """Write to the beginning of a disk; return 0, or -ENOSPC for more than it has."""

    def act() -> int:
        size = _size(guest, disk)
        kept = data[:size]
        whole = len(kept) // PAGE * PAGE
        if whole < len(kept):
            rest = transfer(guest, disk, READ, whole // SECTOR, bytes(PAGE))
            kept += rest[len(kept) - whole :]
        for at, count in _pieces(len(kept), _AT_ONCE):
            transfer(guest, disk, WRITE, at // SECTOR, kept[at : at + count])
        return -ENOSPC if len(data) > size else 0

    return signed(_opened(guest, disk, WRITE, act))
