"""drivers/base/bus.c: Buses, and how a module registers and walks them."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import binding, busfiles, kobjects, records
from modtools.emulate.objects.drivers import call_for_each, folder_of_bus
from modtools.emulate.objects.records import bus_row
from modtools.emulate.objects.sysfs import add_file, add_groups, remove_file, remove_groups
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL, ENOENT


@function("int bus_register(struct bus_type *bus)")
def bus_register(guest: Guest, address: int) -> int:
    """Register a bus: make its folder under /sys/bus with its devices, drivers and files; return 0, or
    -EEXIST for a name that is taken.
    """
    bus = view(guest, "bus_type", address)
    try:
        own = busfiles.add_bus(guest, address, guest.memory.text(bus.name))
    except NameTaken as taken:
        return taken.result
    add_groups(guest, own, bus.bus_groups)
    return 0


@function("void bus_unregister(struct bus_type *bus)")
def bus_unregister(guest: Guest, address: int) -> None:
    """Unregister a bus and remove its folder; nothing may be on it any more."""
    bus, place = view(guest, "bus_type", address), records.private(guest, "bus_type", address)
    if not place:
        return
    private = view(guest, "subsys_private", place)
    own = private.subsys.kobj.address()
    remove_groups(guest, own, bus.bus_groups)
    busfiles.remove_bus(guest, own)
    for field in ("devices_kset", "drivers_kset"):
        folder = getattr(private, field)
        kobjects.delete(guest, folder)
        kobjects.put(guest, folder)
    kobjects.delete(guest, own)
    records.set_private(guest, "bus_type", address, 0)
    guest.table("buses").pop(address, None)


@function("struct kset *bus_get_kset(struct bus_type *bus)")
def bus_get_kset(guest: Guest, address: int) -> int:
    """Return the kset of a bus, its folder under /sys/bus."""
    return int(view(guest, "subsys_private", records.private(guest, "bus_type", address)).subsys.address())


@function("int bus_create_file(struct bus_type *bus, struct bus_attribute *attr)")
def bus_create_file(guest: Guest, address: int, attribute: int) -> int:
    """Add an attribute file to the bus's folder; return 0."""
    add_file(guest, folder_of_bus(guest, address), attribute)
    return 0


@function("void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)")
def bus_remove_file(guest: Guest, address: int, attribute: int) -> None:
    """Remove an attribute file from the bus's folder."""
    remove_file(guest, folder_of_bus(guest, address), attribute)


@function("int device_reprobe(struct device *dev)")
def device_reprobe(guest: Guest, device: int) -> int:
    """Take a device from its driver and try the bus's drivers again; return 0."""
    binding.release_driver(guest, device)
    binding.probe(guest, device)
    return 0


@function("int bus_rescan_devices(struct bus_type *bus)")
def bus_rescan_devices(guest: Guest, bus: int) -> int:
    """Try the drivers on all devices of a bus; return 0."""
    for device in list(bus_row(guest, bus)["devices"]):
        binding.probe(guest, device)
    return 0


@function("int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data, void *fn)")
def bus_for_each_dev(guest: Guest, bus: int, start: int, data: int, call: int) -> int:
    """Call fn(device, data) for each device of a bus, after `start`, until one returns non-zero; return that, 0, or
    -EINVAL for no bus.
    """
    return call_for_each(guest, bus_row(guest, bus)["devices"], start, data, call) if bus else -EINVAL


@function("int bus_for_each_drv(struct bus_type *bus, struct device_driver *start, void *data, void *fn)")
def bus_for_each_drv(guest: Guest, bus: int, start: int, data: int, call: int) -> int:
    """Call fn(driver, data) for each driver of a bus, after `start`, until one returns non-zero; return that, 0, or
    -EINVAL for no bus.
    """
    return call_for_each(guest, bus_row(guest, bus)["drivers"], start, data, call) if bus else -EINVAL


@function("struct device *bus_find_device(struct bus_type *bus, struct device *start, const void *data, void *match)")
def bus_find_device(guest: Guest, bus: int, start: int, data: int, match: int) -> int:
    """Return the first device of a bus, after `start`, for which match() is true, with a reference taken; NULL if there
    is none.
    """
    rows = list(bus_row(guest, bus)["devices"]) if bus else []
    for device in rows[rows.index(start) + 1 if start in rows else 0 :]:
        if guest.call_signed(match, device, data):
            return kobjects.get(guest, device)
    return 0


@function("int bus_register_notifier(struct bus_type *bus, struct notifier_block *nb)")
def bus_register_notifier(guest: Guest, bus: int, block: int) -> int:
    """Add a notifier that is told of devices that come to the bus and leave it; return 0."""
    bus_row(guest, bus).setdefault("notifiers", []).append(block)
    return 0


@function("int bus_unregister_notifier(struct bus_type *bus, struct notifier_block *nb)")
def bus_unregister_notifier(guest: Guest, bus: int, block: int) -> int:
    """Remove a notifier from a bus; return 0, or -ENOENT for one that is not there."""
    rows = bus_row(guest, bus).setdefault("notifiers", [])
    if block not in rows:
        return -ENOENT
    rows.remove(block)
    return 0
