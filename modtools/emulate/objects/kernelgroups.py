"""Groups of files in /sys that the kernel itself gives to its devices: tables in memory, as a module's own would be.

From Linux 6.1: `include/linux/sysfs.h: struct attribute_group`, `include/linux/device.h: DEVICE_ATTR()`,
`lib/kobject_uevent.c: add_uevent_var()`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import new, view
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


class Attribute(NamedTuple):
    """A file of a device: its name and permissions, and the kernel functions that read and write it, "" for none."""

    name: str
    mode: int
    show: str = ""
    store: str = ""


def groups(guest: Guest, key: str, tables: Mapping[str, tuple[Attribute, ...]]) -> int:
    """Return where a table of groups is, which is made at first use: for each folder ("": the device's own) its files.
    `key` is a name for the whole.
    """
    known = guest.table("kernel_groups")
    if key not in known:
        found = []
        for name, attributes in tables.items():
            group = new(guest, "attribute_group")
            group.name = guest.new_text(name.encode()) if name else 0
            group.attrs = _pointers(guest, [_attribute(guest, each) for each in attributes])
            found.append(group.address())
        known[key] = _pointers(guest, found)
    return int(known[key])


def _pointers(guest: Guest, addresses: list[int]) -> int:
    """Return where a table of pointers is that ends with NULL."""
    table = guest.heap.kmalloc(8 * len(addresses) + 8)
    guest.memory.write(table, b"".join(address.to_bytes(8, "little") for address in (*addresses, 0)))
    return table


def _attribute(guest: Guest, attribute: Attribute) -> int:
    row = new(guest, "device_attribute")
    row.attr.name, row.attr.mode = guest.new_text(attribute.name.encode()), attribute.mode
    row.show = guest.address_of(attribute.show) if attribute.show else 0
    row.store = guest.address_of(attribute.store) if attribute.store else 0
    return row.address()


def emit(guest: Guest, buffer: int, text: str) -> int:
    """Write what a file says into the buffer of its reader; return how many bytes that is (`sysfs_emit()`)."""
    data = text.encode("utf-8", "surrogateescape")
    guest.memory.write(buffer, data + b"\0")
    return len(data)


def add_variable(guest: Guest, environment: int, text: str) -> None:
    """Add a variable, `NAME=value`, to an event."""
    row = view(guest, "kobj_uevent_env", environment)
    data = text.encode("utf-8", "surrogateescape") + b"\0"
    place = row.address("buf") + row.buflen
    guest.memory.write(place, data)
    guest.memory.put(row.address("envp") + 8 * row.envp_idx, place, 8)
    row.envp_idx, row.buflen = row.envp_idx + 1, row.buflen + len(data)
