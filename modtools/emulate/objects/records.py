"""Devices, buses and classes as views and rows of tables: what is known of each, and who is told of its events.

From Linux 6.1: `drivers/base/core.c`, `drivers/base/bus.c`, `include/linux/device/bus.h`. Tables: `buses`: address of
the bus_type -> {"name", "devices", "drivers"}, lists of addresses; `classes`: address of the class -> {"name",
"devices", "interfaces"}. Either may have "private", the address of its `struct subsys_private`, where the
structure itself does not lead there (it has no field `p`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate.objects import sysfs
from modtools.emulate.symbols.structs import View, constant, has, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


ADD, DELETE, REMOVED, BIND, BOUND, UNBIND, UNBOUND, NOT_BOUND = range(8)
"""What a bus tells its notifiers, in the order of `include/linux/device/bus.h: enum bus_notifier_event`."""
_FIRST_MACRO = 1
"""What the first of them is where they are macros and no enum."""


def device(guest: Guest, address: int) -> View:
    """Return the device at an address as a view."""
    return view(guest, "device", address)


def bus_row(guest: Guest, bus: int) -> dict[str, Any]:
    """Return what is known of a bus; the built-in ones have no devices that a module's driver could want unless it says
    so.
    """
    table = guest.table("buses")
    if bus not in table:
        table[bus] = {"name": guest.text(view(guest, "bus_type", bus).name), "devices": [], "drivers": []}
    row: dict[str, Any] = table[bus]
    return row


def class_row(guest: Guest, cls: int) -> dict[str, Any]:
    """Return what is known of a class: its name, devices and interfaces."""
    table = guest.table("classes")
    if cls not in table:
        table[cls] = {"name": guest.text(view(guest, "class", cls).name), "devices": [], "interfaces": []}
    row: dict[str, Any] = table[cls]
    return row


def driver_override(guest: Guest, kind: str, row: View) -> int:
    """Return where the name stands of the only driver that a device may have; 0 for none. `row` is a bus's own
    structure, `kind` its name. It stands in the device itself, first in a nameless structure, where not in that one.
    """
    if has(guest, kind, "driver_override"):
        return int(row.driver_override)
    return guest.memory.u64(row.dev.address("driver_override"))


def driver_name(guest: Guest, dev: View) -> str:
    """Return the name of a device's driver, or its bus's, or its class's, as dev_driver_string() does; "" for none."""
    name = place_of_driver_name(guest, dev)
    return guest.text(name) if name else ""


def place_of_driver_name(guest: Guest, dev: View) -> int:
    """Return where the name of a device's driver stands, or its bus's, or its class's; 0 for none of them."""
    for address, kind in ((dev.driver, "device_driver"), (dev.bus, "bus_type"), (getattr(dev, "class"), "class")):
        if address:
            return int(view(guest, kind, address).name)
    return 0


def name(guest: Guest, address: int) -> str:
    """Return a device's name, as dev_name() does."""
    init_name = device(guest, address).init_name
    return guest.text(init_name) if init_name else sysfs.name(guest, address)


def private(guest: Guest, kind: str, address: int) -> int:
    """Return where the `struct subsys_private` is of a bus or class (`kind`: bus_type, class) that a module has
    registered; 0 for another one.
    """
    if has(guest, kind, "p"):
        return int(view(guest, kind, address).p)
    return int(guest.table(_ROWS[kind]).get(address, {}).get("private", 0))


def set_private(guest: Guest, kind: str, address: int, place: int) -> None:
    """Note where the `struct subsys_private` of a bus or class is, which has its row already."""
    if has(guest, kind, "p"):
        view(guest, kind, address).p = place
    else:
        guest.table(_ROWS[kind])[address]["private"] = place


_ROWS = {"bus_type": "buses", "class": "classes"}


def subsystem(guest: Guest, kind: str, address: int) -> int:
    """Return the folder of a bus or class (`kind`) that a module has registered; 0 for another one."""
    place = private(guest, kind, address)
    return int(view(guest, "subsys_private", place).subsys.kobj.address()) if place else 0


def notify(guest: Guest, bus: int, event: int, address: int) -> None:
    """Tell the notifiers of a bus of an event of a device."""
    event += constant(guest, "BUS_NOTIFY_ADD_DEVICE", _FIRST_MACRO)
    for block in list(bus_row(guest, bus).get("notifiers", [])):
        guest.call(view(guest, "notifier_block", block).notifier_call, block, event, address)
