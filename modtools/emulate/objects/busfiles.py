"""What the kernel itself puts into the folders of buses and drivers.

From Linux 6.1: `drivers/base/bus.c: bus_register(), bus_add_driver(), bind_store(), unbind_store(),
drivers_probe_store(), drivers_autoprobe_store()`, `drivers/base/module.c: module_add_driver()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import binding, kobjects, records, sysfs
from modtools.emulate.objects.records import bus_row
from modtools.emulate.symbols.structs import View, new, view
from modtools.linuxerrno import EINVAL, ENODEV

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_OF_BUS = ("bus uevent", "drivers_autoprobe", "drivers_probe")
_OF_DRIVER = ("driver uevent", "bind", "unbind")


def add_bus(guest: Guest, address: int, name: bytes) -> int:
    """Make the folder of a bus in /sys/bus, with its devices, drivers and files. Raises NameTaken."""
    private = new(guest, "subsys_private")
    own = private.subsys.kobj
    kobjects.init(guest, own.address(), guest.address_of("dynamic_kobj_ktype"))
    kobjects.set_name(guest, own.address(), name)
    own.parent = kobjects.root(guest, "bus_kset")
    kobjects.add(guest, own.address())
    text = name.decode("utf-8", "surrogateescape")
    guest.table("buses")[address] = {"name": text, "devices": [], "drivers": []}
    records.set_private(guest, "bus_type", address, private.address())
    for field, part in (("devices_kset", b"devices"), ("drivers_kset", b"drivers")):
        setattr(private, field, kobjects.create(guest, part, own.address()))
    _add(guest, own.address(), _OF_BUS)
    return int(own.address())


def remove_bus(guest: Guest, own: int) -> None:
    """Remove the kernel's own files of a bus."""
    _remove(guest, own, _OF_BUS)


def add_driver(guest: Guest, driver: View, own: int) -> None:
    """Make the kernel's own files in the folder of a driver."""
    _add(guest, own, _OF_DRIVER[: 1 if driver.suppress_bind_attrs else None])
    if driver.owner:
        sysfs.add_name(guest, own, "module", "module", driver.owner)


def _add(guest: Guest, folder: int, files: tuple[str, ...]) -> None:
    for name in files:
        sysfs.add_name(guest, folder, name.split()[-1], "own", sysfs.own(name))


def _remove(guest: Guest, folder: int, files: tuple[str, ...]) -> None:
    for name in files:
        sysfs.remove_name(guest, folder, name.split()[-1])


def drivers_of(guest: Guest, module: int) -> list[tuple[str, int]]:
    """Return the drivers of a module as /sys/module shows them: names with their buses', and their folders."""
    found = []
    for row in guest.table("buses").values():
        for address in row["drivers"]:
            driver = view(guest, "device_driver", address)
            if driver.owner == module:
                own = view(guest, "driver_private", driver.p).kobj.address()
                found.append((f"{row['name']}:{guest.text(driver.name)}", own))
    return found


def autoprobe(guest: Guest, folder: int) -> str:
    """Return whether devices and drivers of a bus are brought together as they come: "1" or "0"."""
    return f"{int(bus_row(guest, _bus(guest, folder)).get('autoprobe', 1))}\n"


def set_autoprobe(guest: Guest, folder: int, text: str) -> int:
    """Choose whether devices and drivers of a bus are brought together as they come; return 0."""
    bus_row(guest, _bus(guest, folder))["autoprobe"] = int(not text.startswith("0"))
    return 0


def probe(guest: Guest, folder: int, text: str) -> int:
    """Look for a driver for a device of a bus; return 0, or -EINVAL for no such device."""
    bus = _bus(guest, folder)
    device = _find(guest, bus, text)
    if not device:
        return -EINVAL
    binding.probe(guest, device)
    return 0


def bind(guest: Guest, folder: int, text: str) -> int:
    """Bind a driver to a device of its bus; return 0 or a negative errno."""
    driver = _driver(guest, folder)
    bus = view(guest, "device_driver", driver).bus
    device = _find(guest, bus, text)
    if not device or not binding.matches(guest, bus, device, driver):
        return -ENODEV
    return binding.attach_one(guest, device, driver)


def unbind(guest: Guest, folder: int, text: str) -> int:
    """Take a driver from a device; return 0, or -ENODEV for a device that is not the driver's."""
    driver = _driver(guest, folder)
    device = _find(guest, view(guest, "device_driver", driver).bus, text)
    if not device or records.device(guest, device).driver != driver:
        return -ENODEV
    binding.release_driver(guest, device)
    return 0


def _bus(guest: Guest, folder: int) -> int:
    """Return the bus whose folder this is."""
    return next(int(bus) for bus in guest.table("buses") if records.subsystem(guest, "bus_type", bus) == folder)


def _driver(guest: Guest, folder: int) -> int:
    """Return the driver whose folder this is."""
    kobj = view(guest, "driver_private", 0).kobj.address()
    return int(view(guest, "driver_private", folder - kobj).driver)


def _find(guest: Guest, bus: int, text: str) -> int:
    """Return the device of a bus with a name, which may end with a newline; 0 if there is none."""
    name = text.removesuffix("\n")
    return next((int(at) for at in bus_row(guest, bus)["devices"] if records.name(guest, at) == name), 0)
