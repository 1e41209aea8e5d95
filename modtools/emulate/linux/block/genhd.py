"""block/genhd.c: Major numbers of block devices, and disks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modtools.emulate.guest import Guest
from modtools.emulate.linux.block import blk_sysfs
from modtools.emulate.objects import classes, devices, disks, kernelgroups, kobjects, numbers, sysfs
from modtools.emulate.objects.kernelgroups import Attribute, emit
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, has, new, offset_of, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EBUSY

_MAX_MAJOR, _NAME = 512, 15
_REMOVABLE, _HIDDEN, _NO_PARTITIONS = 1, 2, 4
"""Flags of a disk: `GENHD_FL_REMOVABLE`, `GENHD_FL_HIDDEN` and `GENHD_FL_NO_PART`."""


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
    blk_sysfs.set_defaults(queue)
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


def _text(guest: Guest, whole: View, name: str) -> str:
    """Return what a file of a disk says."""
    if name == _COUNTERS:
        return " ".join(f"{counter:8}" for counter in disks.counters(guest, whole.bd_disk))
    return str(_SHOWN[name](view(guest, "gendisk", whole.bd_disk), whole))


_SHOWN: Mapping[str, Callable[[View, View], object]] = {
    "range": lambda disk, _whole: disk.minors,
    "ext_range": lambda disk, _whole: 1 if disk.flags & _NO_PARTITIONS else _MOST_PARTITIONS,
    "removable": lambda disk, _whole: int(bool(disk.flags & _REMOVABLE)),
    "hidden": lambda disk, _whole: int(bool(disk.flags & _HIDDEN)),
    "ro": lambda _disk, whole: int(bool(whole.bd_read_only)),
    "size": lambda _disk, whole: whole.bd_nr_sectors,
    "alignment_offset": lambda _disk, _whole: 0,
    "discard_alignment": lambda _disk, _whole: 0,
    "capability": lambda disk, _whole: f"{disk.flags:x}",
    "inflight": lambda _disk, _whole: f"{0:8} {0:8}",
    "diskseq": lambda disk, _whole: disk.diskseq,
    "events": lambda _disk, _whole: "",
    "events_async": lambda _disk, _whole: "",
    "events_poll_msecs": lambda _disk, _whole: -1,
}
"""What the files of a disk say."""
_COUNTERS = "stat"
_MOST_PARTITIONS = 256


@function("ssize_t disk_range_show(struct device *dev, struct device_attribute *attr, char *buf)")
def disk_range_show(guest: Guest, device: int, attribute: int, buffer: int) -> int:
    """Write what a file of a disk says, whichever it is: the kernel has a function for each."""
    whole = view(guest, "block_device", device - offset_of(guest, "block_device", "bd_device"))
    name = guest.text(view(guest, "device_attribute", attribute).attr.name)
    return emit(guest, buffer, _text(guest, whole, name) + "\n")


@function("int block_uevent(struct device *dev, struct kobj_uevent_env *env)")
def block_uevent(guest: Guest, device: int, environment: int) -> int:
    """Add a disk's number in the order of all disks to its event; return 0."""
    whole = view(guest, "block_device", device - offset_of(guest, "block_device", "bd_device"))
    kernelgroups.add_variable(guest, environment, f"DISKSEQ={view(guest, 'gendisk', whole.bd_disk).diskseq}")
    return 0


def _class(guest: Guest) -> int:
    """Return the class of disks."""
    address = classes.built_in(guest, "block")
    view(guest, "class", address).dev_uevent = guest.address_of("block_uevent")
    return address


def _type(guest: Guest) -> int:
    """Return the type of the devices that are whole disks."""
    table = guest.table("block_class")
    if "type" not in table:
        row = new(guest, "device_type")
        files = tuple(Attribute(name, 0o444, "disk_range_show") for name in (*_SHOWN, _COUNTERS))
        row.name, row.groups = guest.new_text(b"disk"), kernelgroups.groups(guest, "disk", {"": files})
        table["type"] = row.address()
    return int(table["type"])


def _show(guest: Guest, disk: View, whole: View) -> int:
    """Enter a disk into /sys, below /sys/devices and by links; return 0 or an error."""
    serial = guest.table("serial")
    disk.diskseq = serial["disk"] = serial.get("disk", 0) + 1
    device, address = whole.bd_device, whole.address("bd_device")
    setattr(device, "class", _class(guest))
    devices.initialize(guest, address)
    device.type, device.devt = _type(guest), whole.bd_dev
    name = disks.name(guest, disk.address())
    kobjects.set_name(guest, address, name.encode("utf-8", "surrogateescape"))
    if error := devices.add(guest, address):
        return error
    sysfs.add_name(guest, kobjects.root(guest, "block_depr"), name, "link", address)
    for folder in ("holders", "slaves"):
        kobjects.create(guest, folder.encode(), address)
    blk_sysfs.add(guest, view(guest, "request_queue", disk.queue), address)
    return 0


def _hide(guest: Guest, disk: View) -> None:
    """Take a disk out of /sys."""
    address = view(guest, "block_device", disk.part0).address("bd_device")
    blk_sysfs.remove(guest, view(guest, "request_queue", disk.queue))
    for (folder, text), (what, other) in list(guest.table("sysfs").items()):
        if folder == address and what == "dir" and text in ("holders", "slaves"):
            kobjects.delete(guest, other)
            kobjects.put(guest, other)
    sysfs.remove_name(guest, kobjects.root(guest, "block_depr"), disks.name(guest, disk.address()))
    devices.remove(guest, address)


@function("int device_add_disk(struct device *parent, struct gendisk *disk, const struct attribute_group **groups)")
def device_add_disk(guest: Guest, _parent: int, disk: int, _groups: int) -> int:
    """Add a disk, which is in /dev, /sys/block and /proc/partitions from then on; return 0.

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
    taken[disk] = disks.UNUSED
    return _show(guest, row, whole) if has(guest, "block_device", "bd_super") else 0


@function("void del_gendisk(struct gendisk *disk)")
def del_gendisk(guest: Guest, disk: int) -> None:
    """Remove a disk from where it is shown."""
    if guest.table("disks").pop(disk, None) and has(guest, "block_device", "bd_super"):
        _hide(guest, view(guest, "gendisk", disk))


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
