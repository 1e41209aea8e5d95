"""block/genhd.c: Major numbers of block devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import numbers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EBUSY

_MAX_MAJOR, _NAME = 512, 15


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
