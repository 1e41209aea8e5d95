"""What %p prints of the kernel's objects: dentries, files, block devices, clocks, times, flags.

From Linux 6.1: `lib/vsprintf.c`. Device trees are not built into Debian's kernel, which says so; a firmware node asks
functions of its own, which are not called here.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from modtools.emulate import flagnames
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.emulate.vsprintf import Spec

_COMPLAINT = 16


def complaint(text: str, spec: Spec) -> bytes:
    """Return a text in its field, cut to sixteen letters unless the precision says otherwise (`error_string()`)."""
    return (spec._replace(precision=_COMPLAINT) if spec.precision < 0 else spec).pad(
        text.encode("utf-8", "surrogateescape")
    )


def dentry(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pd prints: a dentry's name, with a digit as many of the folders above; %pD: that of a file."""
    if text[0] == "D":
        address = view(guest, "file", address).f_path.dentry
        if not address:
            return spec.pad(b"(null)")
    depth = int(text[1]) if text[1:2] in ("2", "3", "4") else 1
    names: list[bytes] = []
    while len(names) < depth:
        row = view(guest, "dentry", address)
        if row.d_parent == address:
            names.append(guest.memory.text(row.d_name.name) if not names else b"")
            break
        names.append(guest.memory.text(row.d_name.name))
        address = row.d_parent
    return spec.pad(b"/".join(reversed(names)))


def block_device(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pg prints: the disk's name, and the number of the partition."""
    row = view(guest, "block_device", address)
    name = guest.memory.text(view(guest, "gendisk", row.bd_disk).address("disk_name"))
    if row.bd_partno:
        name += (b"p" if name[-1:].isdigit() else b"") + b"%d" % row.bd_partno
    return spec.pad(name)


def flags(guest: Guest, address: int, text: str, _spec: Spec) -> bytes:
    """Return what %pG prints: the flags of a page, of a memory area (v), of an allocation (g)."""
    if text[1:2] == "p":
        return flagnames.spell_page(guest.memory.u64(address)).encode()
    if text[1:2] == "v":
        return flagnames.spell(guest.memory.u64(address), flagnames.AREA).encode()
    if text[1:2] == "g":
        return flagnames.spell(guest.memory.u32(address), flagnames.ALLOCATION).encode()
    raise Needs(f"the warning about printk's %p{text}")


def features(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pNF prints: the features of a network device."""
    if text[1:2] != "F":
        return complaint("(%pN?)", spec)
    return b"0x%016x" % guest.memory.u64(address)


def clock(guest: Guest, address: int, _text: str, spec: Spec) -> bytes:
    """Return what %pC prints: the name of a `struct clk`, whose first field is its core, whose first field is the
    name.
    """
    return spec.pad(guest.memory.text(guest.memory.u64(guest.memory.u64(address))))


def string(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pks and %pus print: a text of the kernel's or of a program's."""
    from modtools.emulate.vsprintf import string as plain

    return plain(guest, address, spec) if text[1:2] == "s" else complaint("(einval)", spec)


def device_tree(_guest: Guest, _address: int, text: str, spec: Spec) -> bytes:
    """Return what %pO prints where device trees are not built in: a complaint."""
    return complaint("(%pOF?)" if text[1:2] == "F" else "(%pO?)", spec)


def firmware_node(_guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %pf prints for a bad pointer or format; %pfw of a node stops the run."""
    from modtools.emulate.pointers import problem

    if text[1:2] != "w":
        return complaint("(%pf?)", spec)
    if problem(address):
        return spec.pad(problem(address))
    raise Needs(f"printk's %p{text}")


def time(guest: Guest, address: int, text: str, spec: Spec) -> bytes:
    """Return what %ptR and %ptT print: a `struct rtc_time` or a time64_t, then d or t for date or time alone, r for
    raw numbers, s for no T.
    """
    from modtools.emulate.pointers import problem

    if text[1:2] not in ("R", "T"):
        return complaint("(%pt?)", spec)
    if problem(address):
        return spec.pad(problem(address))
    year, month, day, hour, minute, second = (_rtc if text[1] == "R" else _seconds)(guest, address)
    only = text[2:3]
    options = text[3:] if only in ("d", "t") else text[2:]
    chosen = options[: next((at for at, letter in enumerate(options) if letter not in "rs"), len(options))]
    raw = "r" in chosen
    date = f"{year + (0 if raw else 1900):04d}-{month + (0 if raw else 1):02d}-{day:02d}"
    clock_time = f"{hour:02d}:{minute:02d}:{second:02d}"
    parts = [date] if only == "d" else [clock_time] if only == "t" else [date, clock_time]
    return (" " if "s" in chosen else "T").join(parts).encode()


def _rtc(guest: Guest, address: int) -> tuple[int, ...]:
    row = view(guest, "rtc_time", address)
    return row.tm_year, row.tm_mon, row.tm_mday, row.tm_hour, row.tm_min, row.tm_sec


def _seconds(guest: Guest, address: int) -> tuple[int, ...]:
    value = (guest.memory.u64(address) ^ 1 << 63) - (1 << 63)
    try:
        then = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=value)
    except OverflowError:
        raise Needs("printk's %ptT of a time beyond the year 9999") from None
    return then.year - 1900, then.month - 1, then.day, then.hour, then.minute, then.second
