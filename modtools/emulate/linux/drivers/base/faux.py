"""drivers/base/faux.c: Devices that stand for nothing real, on a bus with one driver; in 6.16, not in 6.12."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import devices, kobjects, records, sysfs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import size_of, view
from modtools.kernel.log import ERR

_REMOVE = 8
"""Where a `struct faux_device_ops` has what is called at the end, behind `probe`."""


@variable("faux_bus_root", "device")
def faux_bus_root(guest: Guest, address: int) -> None:
    """Add the device /sys/devices/faux, the parent of those that name none."""
    devices.add_root(guest, address, b"faux")


@variable("faux_bus_type", "bus_type")
def faux_bus_type(guest: Guest, address: int) -> None:
    """Fill in the bus, whose driver takes each device."""
    fill_bus(guest, address, "faux")
    bus = view(guest, "bus_type", address)
    bus.probe, bus.remove = guest.address_of("faux_probe"), guest.address_of("faux_remove")


@variable("faux_driver", "device_driver")
def faux_driver(guest: Guest, address: int) -> None:
    """Register the only driver of the bus."""
    view(guest, "device_driver", address).name = guest.new_text(b"faux_driver")
    register(guest, address, "faux_bus_type")


@function("int faux_probe(struct device *dev)")
def faux_probe(guest: Guest, device: int) -> int:
    """Call the device's probe(), and show its attributes; return 0 or an error."""
    ops, groups = guest.table("faux")[device]
    probe = guest.memory.u64(ops) if ops else 0
    if probe and (result := guest.call_signed(probe, device)):
        return result
    return sysfs.add_groups(guest, device, groups) if groups else 0


@function("void faux_remove(struct device *dev)")
def faux_remove(guest: Guest, device: int) -> None:
    """Take the device's attributes away, and call its remove()."""
    ops, groups = guest.table("faux")[device]
    if groups:
        sysfs.remove_groups(guest, device, groups)
    remove = guest.memory.u64(ops + _REMOVE) if ops else 0
    if remove:
        guest.call(remove, device)


@function("void faux_device_release(struct device *dev)")
def faux_device_release(guest: Guest, device: int) -> None:
    """Free the memory of a device that nobody refers to any more."""
    guest.table("faux").pop(device, None)
    guest.heap.free(device)


@function(
    "struct faux_device *faux_device_create_with_groups(const char *name, struct device *parent,"
    " const struct faux_device_ops *faux_ops, const struct attribute_group **groups)"
)
def faux_device_create_with_groups(guest: Guest, name: int, parent: int, ops: int, groups: int) -> int:
    """Add a device that only has a name, with functions for its beginning and end; return it, or 0 for any failure."""
    guest.address_of("faux_driver")
    device = guest.heap.kmalloc(size_of(guest, "device"))
    guest.table("faux")[device] = [ops, groups]
    devices.initialize(guest, device)
    row = records.device(guest, device)
    row.release, row.bus = guest.address_of("faux_device_release"), guest.address_of("faux_bus_type")
    row.parent = parent or guest.address_of("faux_bus_root")
    kobjects.set_name(guest, device, guest.memory.text(name))
    if result := devices.add(guest, device):
        text = f"faux_device_create_with_groups: device_add for faux device '{guest.text(name)}' failed with {result}"
        guest.printk(ERR, text)
        kobjects.put(guest, device)
        return 0
    if not row.driver:
        faux_device_destroy(guest, device)
        return 0
    return device


@function(
    "struct faux_device *faux_device_create(const char *name, struct device *parent,"
    " const struct faux_device_ops *faux_ops)"
)
def faux_device_create(guest: Guest, name: int, parent: int, ops: int) -> int:
    """Add a device without attributes of its own; return it, or 0."""
    return int(faux_device_create_with_groups(guest, name, parent, ops, 0))


@function("void faux_device_destroy(struct faux_device *faux_dev)")
def faux_device_destroy(guest: Guest, device: int) -> None:
    """Remove a device, whose driver lets it go, and give a reference on it back; NULL is ignored."""
    if device:
        devices.remove(guest, device)
        kobjects.put(guest, device)
