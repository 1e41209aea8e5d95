"""Reading and writing the files in /sys that modules have made.

From Linux 6.1: `fs/sysfs/file.c`, `lib/kobject.c: kobj_attr_show()`, `drivers/base/bus.c: drv_attr_show(),
bus_attr_show()`, `drivers/base/class.c: class_attr_show()`, `drivers/base/core.c: dev_attr_show()`. Whose show() and
store() it is depends on the folder: an attribute's own for plain kobjects, devices, classes, drivers and buses, each
with arguments of its own, and those of the kobj_type for anything else. What was read is left in the table `answer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import sysfs
from modtools.emulate.objects.records import subsystem
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view
from modtools.integers import signed
from modtools.link.memory import PAGE
from modtools.linuxerrno import EIO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_PREALLOCATED = 0o10000
"""SYSFS_PREALLOC: nothing of such a file is kept between two reads."""


def _own_functions(guest: Guest, folder: int) -> bool:
    """Return whether an attribute in this folder has functions of its own."""
    ktype = sysfs.kobject(guest, folder).ktype
    operations = view(guest, "kobj_type", ktype).sysfs_ops
    if operations:
        return bool(operations == guest.address_of("kobj_sysfs_ops"))
    if ktype not in (guest.address_of(name) for name in ("dynamic_kobj_ktype", "device_ktype")):
        raise Needs(f"attributes of {sysfs.name(guest, folder)}")
    return True


def _first(guest: Guest, folder: int, attribute: int) -> tuple[int, ...]:
    """Return the arguments of an attribute's own function that stand before the buffer."""
    for address in guest.table("classes"):
        if subsystem(guest, "class", address) == folder:
            return address, attribute
    for address, row in guest.table("buses").items():
        if subsystem(guest, "bus_type", address) == folder:
            return (address,)
        for driver in row["drivers"]:
            if view(guest, "device_driver", driver).p == folder:
                return (driver,)
    return folder, attribute


def _call(guest: Guest, folder: int, attribute: int, *rest: int, store: bool) -> int | None:
    """Call show() or store() of an attribute; return its result, or None if there is no such function."""
    if _own_functions(guest, folder):
        row = view(guest, "device_attribute", attribute)  # all these kinds of attributes are laid out alike
        function = row.store if store else row.show
        arguments = _first(guest, folder, attribute)
    else:
        ktype = view(guest, "kobj_type", sysfs.kobject(guest, folder).ktype)
        operations = view(guest, "sysfs_ops", ktype.sysfs_ops)
        function, arguments = operations.store if store else operations.show, (folder, attribute)
    return signed(guest.call(function, *arguments, *rest)) if function else None


def show(guest: Guest, folder: int, attribute: int) -> int:
    """Read a text file of /sys into the table `answer`; return 0 or a negative errno."""
    page = guest.heap.pages(1)
    result = _call(guest, folder, attribute, page, store=False)
    if result is None:
        return -EIO
    guest.table("answer")["data"] = guest.memory.read(page, min(result, PAGE)) if result > 0 else b""
    if view(guest, "attribute", attribute).mode & _PREALLOCATED and result > 0:
        _call(guest, folder, attribute, page, store=False)  # the read that finds the end asks again
    guest.heap.free(page)
    return min(result, 0)


def store(guest: Guest, folder: int, attribute: int, data: bytes) -> int:
    """Write to a text file of /sys, a page at a time; return 0 or a negative errno."""
    while data:
        page = guest.heap.pages(1)
        guest.memory.write(page, data[: PAGE - 1] + b"\0")
        result = _call(guest, folder, attribute, page, len(data[: PAGE - 1]), store=True)
        guest.heap.free(page)
        if result is None or result <= 0:
            return result or -EIO
        data = data[result:]
    return 0


def _bytes(guest: Guest, folder: int, attribute: int, data: bytes | None) -> tuple[int, bytes]:
    """Read or write a binary file of /sys a page at a time, up to its size; return 0 or a negative errno, and what was
    read.
    """
    row, page, done = view(guest, "bin_attribute", attribute), guest.heap.pages(1), b""
    function = row.read if data is None else row.write
    if not function:
        return -EIO, b""
    while data is None or len(done) < len(data):
        room = min(PAGE, row.size - len(done)) if row.size else PAGE
        part = b"" if data is None else data[len(done) : len(done) + room]
        if room <= 0 or (data is not None and not part):
            return 0 if data is None else -EIO, done
        guest.memory.write(page, part)
        count = room if data is None else len(part)
        result = signed(guest.call(function, 0, folder, attribute, page, len(done), count))
        if result <= 0:
            return result or (0 if data is None else -EIO), done
        done += guest.memory.read(page, min(result, count))
        guest.bounded(len(done))
    return 0, done


def read_bytes(guest: Guest, folder: int, attribute: int) -> int:
    """Read a binary file of /sys into the table `answer`; return 0 or a negative errno."""
    result, guest.table("answer")["data"] = _bytes(guest, folder, attribute, None)
    return result


def write_bytes(guest: Guest, folder: int, attribute: int, data: bytes) -> int:
    """Write to a binary file of /sys; return 0 or a negative errno."""
    return _bytes(guest, folder, attribute, data)[0]
