"""Drivers on their buses: registering one, finding one, taking one away.

From Linux 6.1: `drivers/base/driver.c`, `drivers/base/bus.c: bus_add_driver()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.objects import binding, busfiles, kobjects, records
from modtools.emulate.objects.records import bus_row
from modtools.emulate.objects.sysfs import add_groups
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import new, view
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def folder_of_bus(guest: Guest, bus: int) -> int:
    """Return the folder of a bus in /sys. Raises Needs for one of the kernel's own."""
    folder = records.subsystem(guest, "bus_type", bus)
    if not folder:
        raise Needs("the folder of a built-in bus")
    return folder


def register(guest: Guest, address: int) -> int:
    """Do what driver_register() does: return 0, -EINVAL for an unknown bus, -EBUSY for a taken name."""
    driver = view(guest, "device_driver", address)
    name = guest.text(driver.name)
    bus = view(guest, "bus_type", driver.bus)
    shared = records.private(guest, "bus_type", driver.bus)
    if not shared and driver.bus not in guest.table("buses"):
        text = f"Driver '{name}' was unable to register with bus_type '{guest.text(bus.name)}' "
        guest.printk(ERR, text + "because the bus was not initialized.")
        return -EINVAL
    if find(guest, driver.bus, name):
        guest.printk(ERR, f"Error: Driver '{name}' is already registered, aborting...")
        return -EBUSY
    private = new(guest, "driver_private")
    own = private.kobj.address()
    kobjects.init(guest, own, guest.address_of("dynamic_kobj_ktype"))
    kobjects.set_name(guest, own, name.encode("utf-8", "surrogateescape"))
    driver.p, private.driver = private.address(), address
    if shared:
        private.kobj.parent = view(guest, "subsys_private", shared).drivers_kset
        kobjects.add(guest, own)
    row = bus_row(guest, driver.bus)
    row["drivers"].append(address)
    if row.get("autoprobe", 1):
        binding.attach(guest, address)
    busfiles.add_driver(guest, driver, own)
    add_groups(guest, own, bus.drv_groups)
    add_groups(guest, own, driver.groups)
    return 0


def unregister(guest: Guest, address: int) -> None:
    """Do what driver_unregister() does: take it from its devices, the last one first, then remove its folder; warn of
    one that was never registered. One that is not any more stops the run: Linux looks at memory that is freed.
    """
    driver = view(guest, "device_driver", address)
    if not driver.p:
        report_kernel_warning(guest, "driver_unregister", "Unexpected driver unregister!")
        return
    if address not in bus_row(guest, driver.bus)["drivers"]:
        raise Needs("driver_unregister() of a driver that is unregistered")
    row = bus_row(guest, driver.bus)
    for device in reversed(list(row["devices"])):
        if records.device(guest, device).driver == address:
            binding.release_driver(guest, device)
    row["drivers"].remove(address)
    own = view(guest, "driver_private", driver.p).kobj.address()
    if records.private(guest, "bus_type", driver.bus):
        kobjects.delete(guest, own)
    for key in [key for key in guest.table("sysfs") if key[0] == own]:
        del guest.table("sysfs")[key]
    kobjects.put(guest, own)


def find(guest: Guest, bus: int, name: str) -> int:
    """Return the address of the driver of this name on a bus, 0 if there is none."""
    drivers = bus_row(guest, bus)["drivers"]
    return next((d for d in drivers if guest.text(view(guest, "device_driver", d).name) == name), 0)


def call_for_each(guest: Guest, rows: list[int], start: int, data: int, call: int) -> int:
    """Call a function for each of some objects, behind `start`, until it returns other than 0; return that."""
    rows = list(rows)
    for item in rows[rows.index(start) + 1 if start in rows else 0 :]:
        found = guest.call_signed(call, item, data)
        if found:
            return found
    return 0
