"""drivers/base/isa.c: The bus of devices that nothing can find: its drivers say how many they try."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus
from modtools.emulate.objects import devices, drivers, kobjects, records
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, new, view
from modtools.linuxerrno import ENODEV

_REACH = (1 << 24) - 1
"""The addresses that such a device can reach."""


@variable("isa_bus_type", "bus_type")
def isa_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "isa"."""
    fill_bus(guest, address, "isa", "isa_bus_match")
    bus = view(guest, "bus_type", address)
    bus.probe, bus.remove = guest.address_of("isa_bus_probe"), guest.address_of("isa_bus_remove")


@variable("isa_bus", "device")
def isa_bus(guest: Guest, address: int) -> None:
    """Add the device /sys/devices/isa, the parent of all others."""
    devices.add_root(guest, address, b"isa")


def _driver(guest: Guest, device: int) -> View | None:
    """Return the driver that has made a device, unless it did not want it."""
    own = records.device(guest, device).platform_data
    return view(guest, "isa_driver", own) if own else None


@function("int isa_bus_match(struct device *dev, const struct device_driver *driver)")
def isa_bus_match(guest: Guest, device: int, driver: int) -> bool:
    """Return whether a driver has made a device, and its match() wants it; else the device is nobody's."""
    row = _driver(guest, device)
    if row is None or row.driver.address() != driver:
        return False
    if not row.match or guest.call_signed(row.match, device, view(guest, "isa_dev", device).id):
        return True
    records.device(guest, device).platform_data = 0
    return False


@function("int isa_bus_probe(struct device *dev)")
def isa_bus_probe(guest: Guest, device: int) -> int:
    """Call the driver's probe() with the device's number; return its answer, 0 if there is none."""
    row = _driver(guest, device)
    return guest.call_signed(row.probe, device, view(guest, "isa_dev", device).id) if row and row.probe else 0


@function("void isa_bus_remove(struct device *dev)")
def isa_bus_remove(guest: Guest, device: int) -> None:
    """Call the driver's remove() with the device's number, if there is one."""
    row = _driver(guest, device)
    if row and row.remove:
        guest.call(row.remove, device, view(guest, "isa_dev", device).id)


@function("void isa_dev_release(struct device *dev)")
def isa_dev_release(guest: Guest, device: int) -> None:
    """Free a device that isa_register_driver() has made."""
    guest.heap.free(device)


@function("int isa_register_driver(struct isa_driver *isa_driver, unsigned int ndev)")
def isa_register_driver(guest: Guest, address: int, count: int) -> int:
    """Register a driver and make so many devices for it; return 0 or an error, -ENODEV without any."""
    row = view(guest, "isa_driver", address)
    row.driver.bus, row.devices = guest.address_of("isa_bus_type"), 0
    error = drivers.register(guest, row.driver.address())
    if error:
        return error
    for number in range(guest.bounded(count)):
        error = _make(guest, row, number)
        if error:
            break
    if not error and not row.devices:
        error = -ENODEV
    if error:
        isa_unregister_driver(guest, address)
    return error


def _make(guest: Guest, row: View, number: int) -> int:
    """Add the device of this number, and enter it as the first of the driver's; return 0 or an error."""
    made = new(guest, "isa_dev")
    address = made.dev.address()
    devices.initialize(guest, address)
    name = f"{guest.text(row.driver.name)}.{number}"
    kobjects.set_name(guest, address, name.encode("utf-8", "surrogateescape"))
    made.dev.parent, made.dev.bus = guest.address_of("isa_bus"), guest.address_of("isa_bus_type")
    made.dev.platform_data, made.dev.release = row.address(), guest.address_of("isa_dev_release")
    made.dev.coherent_dma_mask, made.dev.dma_mask = _REACH, made.dev.address("coherent_dma_mask")
    made.id = number
    error = devices.add(guest, address)
    if error:
        kobjects.put(guest, address)
    else:
        made.next, row.devices = row.devices, address
    return error


@function("void isa_unregister_driver(struct isa_driver *isa_driver)")
def isa_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister the devices that were made for a driver, the last one first, and then the driver."""
    row = view(guest, "isa_driver", address)
    device = row.devices
    while device:
        following = view(guest, "isa_dev", device).next
        devices.unregister(guest, device)
        device = following
    drivers.unregister(guest, row.driver.address())
