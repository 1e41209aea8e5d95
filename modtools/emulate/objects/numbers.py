"""Device numbers: which majors and minors are taken, and by whom.

From Linux 6.1: `fs/char_dev.c`, `block/genhd.c`, `drivers/char/misc.c`, as `/proc/devices` and `/proc/misc` show it.

    chrdevs             by major: [first minor, the one after the last, name] for each range
    blkdevs             by major: name
    misc_minors         by minor: address of the miscdevice, 0 for one that is built in; the newest last
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate.machine.builtin import BLOCK_MAJORS, MISC_HPET, builtin
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_ALL = 1 << 20
"""How many minors a major has."""
_UNKNOWN = "names of the kernel's own device numbers"


def character(guest: Guest) -> dict[int, list[list[Any]]]:
    """Return the ranges of numbers of character devices that are taken, by major."""
    table = guest.table("chrdevs")
    if not table:
        table.update({major: [[0, _ALL, name] for name in names] for major, names in builtin(guest).majors.items()})
    return table


def block(guest: Guest) -> dict[int, str]:
    """Return who has taken each major of block devices."""
    table = guest.table("blkdevs")
    if not table:
        table.update(BLOCK_MAJORS)
    return table


def misc(guest: Guest) -> dict[int, int]:
    """Return the miscellaneous devices by their minors."""
    minors = guest.table("misc_minors")
    if not minors:
        minors.update({minor: 0 for minor in builtin(guest).misc if minor != MISC_HPET or guest.hardware.hpet})
    return minors


def show_devices(guest: Guest) -> str:
    """Return the text of /proc/devices: majors in order, the ranges of each by their minors."""
    ranges = [(major, row) for major, rows in sorted(character(guest).items()) for row in sorted(rows, key=_first)]
    text = "Character devices:\n" + "".join(_line(major, row[2]) for major, row in ranges)
    return text + "\nBlock devices:\n" + "".join(_line(major, name) for major, name in sorted(block(guest).items()))


def _first(row: list[Any]) -> int:
    return int(row[0])


def show_misc(guest: Guest) -> str:
    """Return the text of /proc/misc: the newest device first."""
    own = builtin(guest).misc
    rows = reversed(misc(guest).items())
    return "".join(
        _line(minor, guest.text(view(guest, "miscdevice", address).name) if address else own[minor])
        for minor, address in rows
    )


def _line(number: int, name: str) -> str:
    if not name:
        raise Needs(_UNKNOWN)
    return f"{number:3} {name}\n"
