"""block/genhd.c: Major numbers of block devices, and disks."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import disks, numbers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EBUSY

_MAX_MAJOR, _NAME = 512, 15
_NO_PARTITIONS = 4
"""`GENHD_FL_NO_PART`."""


@function("int __register_blkdev(unsigned int major, const char *name, void *probe)")
def register_blkdev(guest: Guest, major: int, name: int, _probe: int) -> int:
    """Take a major number; return 0 or -EBUSY. For major 0, take the highest free one from 254 down and return it."""
    table, text = numbers.block(guest), guest.text(name)
    if not major:
        found = next((number for number in range(254, 0, -1) if number not in table), 0)
        table[found] = text[:_NAME]
        return found
    if major >= _MAX_MAJOR:
        raise Needs("the complaint about a block major that is too large")
    if major in table:
        guest.printk(WARNING, f"register_blkdev: cannot get major {major} for {text}")
        return -EBUSY
    table[major] = text[:_NAME]
    return 0


@function("void unregister_blkdev(unsigned int major, const char *name)")
def unregister_blkdev(guest: Guest, major: int, _name: int) -> None:
    """Free the major number of a kind of block devices."""
    numbers.block(guest).pop(major, None)


def allocate(guest: Guest, data: int = 0, tags: int = 0) -> int:
    """Return a new disk with its queue and its whole as a `struct block_device`."""
    disk, queue, whole = new(guest, "gendisk"), new(guest, "request_queue"), new(guest, "block_device")
    disk.queue, disk.part0 = queue.address(), whole.address()
    queue.disk, queue.queuedata, queue.tag_set = disk.address(), data, tags
    queue.limits.logical_block_size = queue.limits.physical_block_size = disks.SECTOR
    whole.bd_disk, whole.bd_queue = disk.address(), queue.address()
    return disk.address()


@function("struct gendisk *__blk_alloc_disk(int node, struct lock_class_key *lkclass)")
def blk_alloc_disk(guest: Guest, _node: int, _key: int) -> int:
    """Return a new disk whose driver takes bios."""
    return allocate(guest)


@function("void set_capacity(struct gendisk *disk, sector_t sectors)")
def set_capacity(guest: Guest, disk: int, count: int) -> None:
    """Set how many sectors a disk has."""
    view(guest, "block_device", view(guest, "gendisk", disk).part0).bd_nr_sectors = count


@function("int device_add_disk(struct device *parent, struct gendisk *disk, const struct attribute_group **groups)")
def device_add_disk(guest: Guest, _parent: int, disk: int, _groups: int) -> int:
    """Add a disk, which is in /dev and in /proc/partitions from then on; return 0. There are no files of it in /sys.

    A disk whose partitions would be looked for, and one that has no number of its own, stop the run.
    """
    row, taken = view(guest, "gendisk", disk), guest.table("disks")
    if not row.minors or not row.major:
        raise Needs("a disk without a number of its own")
    if not row.flags & _NO_PARTITIONS and disks.sectors(guest, disk):
        raise Needs("the partitions of a disk (GENHD_FL_NO_PART is not set)")
    if any(disks.name(guest, other) == disks.name(guest, disk) for other in taken):
        raise Needs("the complaint about a disk's name that is taken")
    whole = view(guest, "block_device", row.part0)
    whole.bd_dev = disks.number(guest, disk)
    taken[disk] = 1
    return 0


@function("void del_gendisk(struct gendisk *disk)")
def del_gendisk(guest: Guest, disk: int) -> None:
    """Remove a disk from where it is shown."""
    guest.table("disks").pop(disk, None)


@function("void put_disk(struct gendisk *disk)")
def put_disk(guest: Guest, disk: int) -> None:
    """Free a disk with its queue; NULL is ignored."""
    if not disk:
        return
    row = view(guest, "gendisk", disk)
    operations = view(guest, "block_device_operations", row.fops) if row.fops else None
    if operations and operations.free_disk:
        guest.call(operations.free_disk, disk)
    for address in (guest.table("disk queues").pop(row.queue, 0), row.queue, row.part0, disk):
        if address:
            guest.heap.free(address)
