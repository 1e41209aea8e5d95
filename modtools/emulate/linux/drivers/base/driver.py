"""drivers/base/driver.c: Drivers: registering them, their files, their devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import drivers, records
from modtools.emulate.objects.drivers import call_for_each
from modtools.emulate.objects.records import bus_row
from modtools.emulate.objects.sysfs import add_file, remove_file
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL


@function("int driver_register(struct device_driver *drv)")
def driver_register(guest: Guest, address: int) -> int:
    """Register a driver and try it on the devices of its bus; return 0, -EINVAL or -EBUSY."""
    return drivers.register(guest, address)


@function("void driver_unregister(struct device_driver *drv)")
def driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a driver: take it from its devices, then remove its folder."""
    drivers.unregister(guest, address)


@function("struct device_driver *driver_find(const char *name, struct bus_type *bus)")
def driver_find(guest: Guest, name: int, bus: int) -> int:
    """Return the driver of this name on a bus, NULL if there is none."""
    return drivers.find(guest, bus, guest.text(name))


@function("int driver_create_file(struct device_driver *drv, const struct driver_attribute *attr)")
def driver_create_file(guest: Guest, driver: int, attribute: int) -> int:
    """Add an attribute file to the driver's folder; return 0, or -EINVAL for no driver."""
    if not driver:
        return -EINVAL
    add_file(guest, view(guest, "driver_private", view(guest, "device_driver", driver).p).kobj.address(), attribute)
    return 0


@function("void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr)")
def driver_remove_file(guest: Guest, driver: int, attribute: int) -> None:
    """Remove an attribute file from the driver's folder."""
    if driver:
        private = view(guest, "device_driver", driver).p
        remove_file(guest, view(guest, "driver_private", private).kobj.address(), attribute)


@function("int driver_for_each_device(struct device_driver *drv, struct device *start, void *data, void *fn)")
def driver_for_each_device(guest: Guest, driver: int, start: int, data: int, call: int) -> int:
    """Call fn(device, data) for each device of a driver, after `start`, until one returns non-zero; return that, 0, or
    -EINVAL for no driver.
    """
    if not driver:
        return -EINVAL
    rows = bus_row(guest, view(guest, "device_driver", driver).bus)["devices"]
    return call_for_each(guest, [d for d in rows if records.device(guest, d).driver == driver], start, data, call)
