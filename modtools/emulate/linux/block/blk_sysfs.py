"""block/blk-sysfs.c: /sys/block/DISK/queue: what a disk's queue takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modtools.emulate.guest import Guest
from modtools.emulate.objects import disks, kernelgroups, kobjects
from modtools.emulate.objects.kernelgroups import Attribute, emit
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, offset_of, view
from modtools.linuxerrno import EINVAL

_SECTORS, _SEGMENTS, _SEGMENT, _ALIGNED = 255, 128, 65536, 511
"""Limits of a queue at first: sectors of a request, its segments, bytes of one, bits of its address that are 0."""
_READ_AHEAD, _REQUESTS, _LATENCY = 128, 128, 75000
"""Kilobytes that are read ahead; requests of a queue of bios; microseconds that writeback may hold up a disk."""
_NO_ROTATION, _STATISTICS, _STABLE, _RANDOM, _WRITE_CACHE, _FUA, _DAX = 6, 7, 15, 10, 17, 18, 19
"""Bits of `queue_flags` (`include/linux/blkdev.h`)."""


def set_defaults(queue: View) -> None:
    """Set the limits of a new queue (`blk_set_default_limits()`)."""
    limits = queue.limits
    limits.logical_block_size = limits.physical_block_size = limits.io_min = disks.SECTOR
    limits.max_sectors = limits.max_hw_sectors = _SECTORS
    limits.max_segments, limits.max_segment_size, limits.dma_alignment = _SEGMENTS, _SEGMENT, _ALIGNED
    limits.max_discard_segments = 1


def _limit(name: str) -> Callable[[View], object]:
    return lambda queue: getattr(queue.limits, name)


def _kilobytes(name: str) -> Callable[[View], object]:
    return lambda queue: getattr(queue.limits, name) // 2


def _bytes(name: str) -> Callable[[View], object]:
    return lambda queue: getattr(queue.limits, name) * disks.SECTOR


def _flag(bit: int, *, set_means: int = 1) -> Callable[[View], object]:
    return lambda queue: set_means if queue.queue_flags >> bit & 1 else 1 - set_means


def _of_requests(value: object, of_bios: object) -> Callable[[View], object]:
    """Return what tells a queue of requests from one of bios."""
    return lambda queue: value if queue.tag_set else of_bios


_SHOWN: Mapping[str, Callable[[View], object]] = {
    "nr_requests": lambda queue: queue.nr_requests or _REQUESTS,
    "read_ahead_kb": lambda _queue: _READ_AHEAD,
    "max_hw_sectors_kb": _kilobytes("max_hw_sectors"),
    "max_sectors_kb": _kilobytes("max_sectors"),
    "max_segments": _limit("max_segments"),
    "max_discard_segments": _limit("max_discard_segments"),
    "max_integrity_segments": _limit("max_integrity_segments"),
    "max_segment_size": _limit("max_segment_size"),
    "scheduler": _of_requests("[mq-deadline] none", "none"),
    "hw_sector_size": _limit("logical_block_size"),
    "logical_block_size": _limit("logical_block_size"),
    "physical_block_size": _limit("physical_block_size"),
    "chunk_sectors": _limit("chunk_sectors"),
    "minimum_io_size": _limit("io_min"),
    "optimal_io_size": _limit("io_opt"),
    "discard_granularity": _limit("discard_granularity"),
    "discard_max_bytes": _bytes("max_discard_sectors"),
    "discard_max_hw_bytes": _bytes("max_hw_discard_sectors"),
    "discard_zeroes_data": lambda _queue: 0,
    "write_same_max_bytes": lambda _queue: 0,
    "write_zeroes_max_bytes": _bytes("max_write_zeroes_sectors"),
    "zone_append_max_bytes": _bytes("max_zone_append_sectors"),
    "zone_write_granularity": _limit("zone_write_granularity"),
    "rotational": _flag(_NO_ROTATION, set_means=0),
    "zoned": lambda _queue: "none",
    "nr_zones": lambda _queue: 0,
    "nomerges": lambda _queue: 0,
    "rq_affinity": _of_requests(1, 0),
    "iostats": _flag(_STATISTICS),
    "stable_writes": _flag(_STABLE),
    "add_random": _flag(_RANDOM),
    "io_poll": lambda _queue: 0,
    "io_poll_delay": _of_requests(-1, 0),
    "write_cache": lambda queue: "write back" if queue.queue_flags >> _WRITE_CACHE & 1 else "write through",
    "fua": _flag(_FUA),
    "dax": _flag(_DAX),
    "wbt_lat_usec": _of_requests(_LATENCY, -EINVAL),
    "virt_boundary_mask": _limit("virt_boundary_mask"),
    "dma_alignment": _limit("dma_alignment"),
}
"""What the files of a queue say, or the error of reading one."""
_READ_ONLY = frozenset(
    "max_hw_sectors_kb max_segments max_discard_segments max_integrity_segments max_segment_size hw_sector_size "
    "logical_block_size physical_block_size chunk_sectors minimum_io_size optimal_io_size discard_granularity "
    "discard_max_hw_bytes discard_zeroes_data write_same_max_bytes write_zeroes_max_bytes zone_append_max_bytes "
    "zone_write_granularity zoned nr_zones fua dax virt_boundary_mask dma_alignment".split()
)


@function("ssize_t queue_attr_show(struct kobject *kobj, struct attribute *attr, char *page)")
def queue_attr_show(guest: Guest, kobject: int, attribute: int, buffer: int) -> int:
    """Write what a file of a queue says; return its length or an error."""
    queue = view(guest, "request_queue", kobject - offset_of(guest, "request_queue", "kobj"))
    name = guest.text(view(guest, "attribute", attribute).name)
    shown = _SHOWN[name](queue)
    return shown if name == "wbt_lat_usec" and shown == -EINVAL else emit(guest, buffer, f"{shown}\n")


def _type(guest: Guest) -> int:
    """Return the type of the queues' kobjects."""
    table = guest.table("block_class")
    if "queue type" not in table:
        kind, operations = new(guest, "kobj_type"), new(guest, "sysfs_ops")
        operations.show = guest.address_of("queue_attr_show")
        files = tuple(Attribute(name, 0o444 if name in _READ_ONLY else 0o644) for name in _SHOWN)
        kind.sysfs_ops, kind.default_groups = operations.address(), kernelgroups.groups(guest, "queue", {"": files})
        table["queue type"] = kind.address()
    return int(table["queue type"])


def add(guest: Guest, queue: View, disk: int) -> None:
    """Enter the queue of a disk into the disk's folder (`blk_register_queue()`)."""
    if queue.tag_set:
        queue.nr_requests = 2 * view(guest, "blk_mq_tag_set", queue.tag_set).queue_depth
        queue.queue_flags |= 1 << _STATISTICS
    address = queue.address("kobj")
    kobjects.init(guest, address, _type(guest))
    kobjects.set_name(guest, address, b"queue")
    queue.kobj.parent = disk
    kobjects.add(guest, address)


def remove(guest: Guest, queue: View) -> None:
    """Take the queue of a disk out of the disk's folder."""
    kobjects.delete(guest, queue.address("kobj"))
