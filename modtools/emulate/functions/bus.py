"""Buses, drivers, and how a module registers and walks them.

From Linux 6.1: `drivers/base/bus.c`, `drivers/base/driver.c`, `drivers/base/dd.c`.
"""

from __future__ import annotations

from modtools.emulate import binding, devices, kobjects
from modtools.emulate.devices import bus_row
from modtools.emulate.functions.sysfs import add_file, add_groups, remove_file, remove_groups
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import new, view
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL, ENOENT


@function("int bus_register(struct bus_type *bus)")
def bus_register(guest: Guest, address: int) -> int:
    """`drivers/base/bus.c`: Register a bus: make its folder under /sys/bus with its devices,
    drivers and files; return 0.
    """
    bus, private = view(guest, "bus_type", address), new(guest, "subsys_private")
    own = private.subsys.kobj
    name = guest.memory.text(bus.name)
    kobjects.init(guest, own.address(), guest.address_of("dynamic_kobj_ktype"))
    kobjects.set_name(guest, own.address(), name)
    own.parent = kobjects.root(guest, "bus_kset")
    kobjects.add(guest, own.address())
    bus.p = private.address()
    guest.table("buses")[address] = {"name": name.decode("utf-8", "surrogateescape"), "devices": [], "drivers": []}
    for field, text in (("devices_kset", b"devices"), ("drivers_kset", b"drivers")):
        setattr(private, field, kobjects.create(guest, text, own.address()))
    add_groups(guest, own.address(), bus.bus_groups)
    return 0


@function("void bus_unregister(struct bus_type *bus)")
def bus_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/bus.c`: Unregister a bus and remove its folder; nothing may be on it any more."""
    bus = view(guest, "bus_type", address)
    if not bus.p:
        return
    own = view(guest, "subsys_private", bus.p).subsys.kobj.address()
    remove_groups(guest, own, bus.bus_groups)
    for field in ("devices_kset", "drivers_kset"):
        folder = getattr(view(guest, "subsys_private", bus.p), field)
        kobjects.delete(guest, folder)
        kobjects.put(guest, folder)
    kobjects.delete(guest, own)
    guest.table("buses").pop(address, None)
    bus.p = 0


@function("struct kset *bus_get_kset(struct bus_type *bus)")
def bus_get_kset(guest: Guest, address: int) -> int:
    """`drivers/base/bus.c`: Return the kset of a bus, its folder under /sys/bus."""
    return int(view(guest, "subsys_private", view(guest, "bus_type", address).p).subsys.address())


@function("int bus_create_file(struct bus_type *bus, struct bus_attribute *attr)")
def bus_create_file(guest: Guest, address: int, attribute: int) -> int:
    """`drivers/base/bus.c`: Add an attribute file to the bus's folder; return 0."""
    add_file(guest, folder_of_bus(guest, address), attribute)
    return 0


@function("void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)")
def bus_remove_file(guest: Guest, address: int, attribute: int) -> None:
    """`drivers/base/bus.c`: Remove an attribute file from the bus's folder."""
    remove_file(guest, folder_of_bus(guest, address), attribute)


def folder_of_bus(guest: Guest, bus: int) -> int:
    """Return the folder of a bus in /sys. Raises Needs for one of the kernel's own."""
    private = view(guest, "bus_type", bus).p
    if not private:
        raise Needs("the folder of a built-in bus")
    return int(view(guest, "subsys_private", private).subsys.kobj.address())


def register(guest: Guest, address: int) -> int:
    """Do what driver_register() does: return 0, -EINVAL for an unknown bus, -EBUSY for a taken name."""
    driver = view(guest, "device_driver", address)
    name = guest.text(driver.name)
    bus = view(guest, "bus_type", driver.bus)
    if not bus.p and driver.bus not in guest.table("buses"):
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
    if bus.p:
        private.kobj.parent = view(guest, "subsys_private", bus.p).drivers_kset
        kobjects.add(guest, own)
    bus_row(guest, driver.bus)["drivers"].append(address)
    binding.attach(guest, address)
    add_groups(guest, own, bus.drv_groups)
    add_groups(guest, own, driver.groups)
    return 0


def unregister(guest: Guest, address: int) -> None:
    """Do what driver_unregister() does: take it from its devices, the last one first, then remove its folder."""
    driver = view(guest, "device_driver", address)
    if not driver.p:
        raise Needs("Unexpected driver unregister!")
    row = bus_row(guest, driver.bus)
    for device in reversed(list(row["devices"])):
        if devices.device(guest, device).driver == address:
            binding.release_driver(guest, device)
    row["drivers"].remove(address)
    own = view(guest, "driver_private", driver.p).kobj.address()
    if view(guest, "bus_type", driver.bus).p:
        kobjects.delete(guest, own)
    for key in [key for key in guest.table("sysfs") if key[0] == own]:
        del guest.table("sysfs")[key]
    kobjects.put(guest, own)
    driver.p = 0


def find(guest: Guest, bus: int, name: str) -> int:
    """Return the address of the driver of this name on a bus, 0 if there is none."""
    drivers = bus_row(guest, bus)["drivers"]
    return next((d for d in drivers if guest.text(view(guest, "device_driver", d).name) == name), 0)


@function("int driver_register(struct device_driver *drv)")
def driver_register(guest: Guest, address: int) -> int:
    """`drivers/base/driver.c`: Register a driver and try it on the devices of its bus; return 0, -EINVAL or -EBUSY."""
    return register(guest, address)


@function("void driver_unregister(struct device_driver *drv)")
def driver_unregister(guest: Guest, address: int) -> None:
    """`drivers/base/driver.c`: Unregister a driver: take it from its devices, then remove its folder."""
    unregister(guest, address)


@function("struct device_driver *driver_find(const char *name, struct bus_type *bus)")
def driver_find(guest: Guest, name: int, bus: int) -> int:
    """`drivers/base/driver.c`: Return the driver of this name on a bus, NULL if there is none."""
    return find(guest, bus, guest.text(name))


@function("int driver_create_file(struct device_driver *drv, const struct driver_attribute *attr)")
def driver_create_file(guest: Guest, driver: int, attribute: int) -> int:
    """`drivers/base/driver.c`: Add an attribute file to the driver's folder; return 0, or -EINVAL for no driver."""
    if not driver:
        return -EINVAL
    add_file(guest, view(guest, "driver_private", view(guest, "device_driver", driver).p).kobj.address(), attribute)
    return 0


@function("void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr)")
def driver_remove_file(guest: Guest, driver: int, attribute: int) -> None:
    """`drivers/base/driver.c`: Remove an attribute file from the driver's folder."""
    if driver:
        private = view(guest, "device_driver", driver).p
        remove_file(guest, view(guest, "driver_private", private).kobj.address(), attribute)


@function("int driver_attach(struct device_driver *drv)")
def driver_attach(guest: Guest, driver: int) -> int:
    """`drivers/base/dd.c`: Try a driver on all devices of its bus; return 0."""
    binding.attach(guest, driver)
    return 0


@function("int device_attach(struct device *dev)")
def device_attach(guest: Guest, device: int) -> int:
    """`drivers/base/dd.c`: Try the drivers of its bus on a device; return 1 if one was bound."""
    return int(binding.probe(guest, device))


@function("void device_release_driver(struct device *dev)")
def device_release_driver(guest: Guest, device: int) -> None:
    """`drivers/base/dd.c`: Take a device from its driver."""
    binding.release_driver(guest, device)


@function("int device_bind_driver(struct device *dev)")
def device_bind_driver(guest: Guest, device: int) -> int:
    """`drivers/base/dd.c`: Bind the driver that is noted in the device, without probing; return 0."""
    binding.bound(guest, device)
    return 0


@function("int device_reprobe(struct device *dev)")
def device_reprobe(guest: Guest, device: int) -> int:
    """`drivers/base/bus.c`: Take a device from its driver and try the bus's drivers again; return 0."""
    binding.release_driver(guest, device)
    binding.probe(guest, device)
    return 0


@function("int bus_rescan_devices(struct bus_type *bus)")
def bus_rescan_devices(guest: Guest, bus: int) -> int:
    """`drivers/base/bus.c`: Try the drivers on all devices of a bus; return 0."""
    for device in list(bus_row(guest, bus)["devices"]):
        binding.probe(guest, device)
    return 0


def call_for_each(guest: Guest, rows: list[int], start: int, data: int, call: int) -> int:
    """Call a function for each of some objects, behind `start`, until it returns other than 0; return that."""
    rows = list(rows)
    for item in rows[rows.index(start) + 1 if start in rows else 0 :]:
        found = guest.call_signed(call, item, data)
        if found:
            return found
    return 0


@function("int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data, void *fn)")
def bus_for_each_dev(guest: Guest, bus: int, start: int, data: int, call: int) -> int:
    """`drivers/base/bus.c`: Call fn(device, data) for each device of a bus, after `start`, until one returns non-zero;
    return that, 0, or -EINVAL for no bus.
    """
    return call_for_each(guest, bus_row(guest, bus)["devices"], start, data, call) if bus else -EINVAL


@function("int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data, void *fn)")
def bus_for_each_drv(guest: Guest, bus: int, start: int, data: int, call: int) -> int:
    """`drivers/base/bus.c`: Call fn(driver, data) for each driver of a bus, after `start`, until one returns non-zero;
    return that, 0, or -EINVAL for no bus.
    """
    return call_for_each(guest, bus_row(guest, bus)["drivers"], start, data, call) if bus else -EINVAL


@function("int driver_for_each_device(struct device_driver *drv, struct device *start, void *data, void *fn)")
def driver_for_each_device(guest: Guest, driver: int, start: int, data: int, call: int) -> int:
    """`drivers/base/driver.c`: Call fn(device, data) for each device of a driver, after `start`, until one returns
    non-zero; return that, 0, or -EINVAL for no driver.
    """
    if not driver:
        return -EINVAL
    rows = bus_row(guest, view(guest, "device_driver", driver).bus)["devices"]
    return call_for_each(guest, [d for d in rows if devices.device(guest, d).driver == driver], start, data, call)


@function("struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data, void *match)")
def bus_find_device(guest: Guest, bus: int, start: int, data: int, match: int) -> int:
    """`drivers/base/bus.c`: Return the first device of a bus, after `start`, for which match() is true, with a
    reference taken; NULL if there is none.
    """
    rows = list(bus_row(guest, bus)["devices"]) if bus else []
    for device in rows[rows.index(start) + 1 if start in rows else 0 :]:
        if guest.call_signed(match, device, data):
            return kobjects.get(guest, device)
    return 0


@function("int bus_register_notifier(struct bus_type *bus, struct notifier_block *nb)")
def bus_register_notifier(guest: Guest, bus: int, block: int) -> int:
    """`drivers/base/bus.c`: Add a notifier that is told of devices that come to the bus and leave it; return 0."""
    bus_row(guest, bus).setdefault("notifiers", []).append(block)
    return 0


@function("int bus_unregister_notifier(struct bus_type *bus, struct notifier_block *nb)")
def bus_unregister_notifier(guest: Guest, bus: int, block: int) -> int:
    """`drivers/base/bus.c`: Remove a notifier from a bus; return 0, or -ENOENT for one that is not there."""
    rows = bus_row(guest, bus).setdefault("notifiers", [])
    if block not in rows:
        return -ENOENT
    rows.remove(block)
    return 0
