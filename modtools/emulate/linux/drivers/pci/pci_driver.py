"""drivers/pci/pci-driver.c: Drivers of devices on PCI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.pci import search
from modtools.emulate.linux.drivers.pci.search import fits, ids
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers, listhead, records
from modtools.emulate.objects.records import bus_row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import View, offset_of, view
from modtools.profiles.hardware import PciDevice


@variable("pci_bus_type", "bus_type")
def pci_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "pci"."""
    fill_bus(guest, address, "pci", "pci_bus_match")
    bus = view(guest, "bus_type", address)
    bus.probe, bus.remove = guest.address_of("pci_device_probe"), guest.address_of("pci_device_remove")
    rows = bus_row(guest, address)["devices"]
    rows += [view(guest, "pci_dev", device).dev.address() for device in search.all_devices(guest)]


def _device(guest: Guest, address: int) -> View:
    """Return the PCI device that a `struct device` belongs to."""
    return view(guest, "pci_dev", address - offset_of(guest, "pci_dev", "dev"))


def _driver(guest: Guest, address: int) -> View:
    """Return the PCI driver that a `struct device_driver` belongs to."""
    return view(guest, "pci_driver", address - offset_of(guest, "pci_driver", "driver"))


def _entry(guest: Guest, driver: View, device: View) -> int:
    """Return the entry of a driver's table that fits a device, 0 for none (`pci_match_device()`)."""
    if records.driver_override(guest, "pci_dev", device):
        raise Needs("a PCI device that is to have a certain driver")
    there = search.hardware(guest, device.address())
    fitting = (row for row in ids(guest, driver.id_table) if fits(row, there) and not row.override_only)
    return next((row.address() for row in fitting), 0)


@function("int pci_bus_match(struct device *dev, struct device_driver *drv)")
def pci_bus_match(guest: Guest, device: int, driver: int) -> bool:
    """Return whether a driver's table has a device."""
    return _entry(guest, _driver(guest, driver), _device(guest, device)) != 0


@function("int pci_device_probe(struct device *dev)")
def pci_device_probe(guest: Guest, address: int) -> int:
    """Offer a device to its driver; return 0 or the error of its probe()."""
    device = _device(guest, address)
    driver = _driver(guest, device.dev.driver)
    device.driver = driver.address()
    result = guest.call_signed(driver.probe, device.address(), _entry(guest, driver, device)) if driver.probe else 0
    if result > 0:
        raise Needs("the warning about a PCI driver's probe")
    if result:
        device.driver = 0
    return result


@function("void pci_device_remove(struct device *dev)")
def pci_device_remove(guest: Guest, address: int) -> None:
    """Take a device from its driver."""
    device = _device(guest, address)
    remove = view(guest, "pci_driver", device.driver).remove
    if remove:
        guest.call(remove, device.address())
    device.driver = 0


@function("int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)")
def pci_register_driver(guest: Guest, address: int, owner: int, mod_name: int) -> int:
    """Register a PCI driver and offer it the devices of the machine that fit; return 0 or an error."""
    driver = view(guest, "pci_driver", address)
    own = driver.driver
    own.mod_name, own.groups, own.dev_groups = mod_name, driver.groups, driver.dev_groups
    listhead.init(guest, driver.dynids.address("list"))
    return register(guest, own.address(), "pci_bus_type", owner, driver.name)


@function("void pci_unregister_driver(struct pci_driver *drv)")
def pci_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister a PCI driver."""
    drivers.unregister(guest, view(guest, "pci_driver", address).driver.address())


@function("const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev)")
def pci_match_id(guest: Guest, table: int, device: int) -> int:
    """Return the first entry of a table that matches a device; 0 if there is none."""
    row = view(guest, "pci_dev", device)
    subsystem = (row.subsystem_vendor, row.subsystem_device)
    there = PciDevice("", row.vendor, row.device, getattr(row, "class"), subsystem)
    return next((entry.address() for entry in search.ids(guest, table) if search.fits(entry, there)), 0)


@function("struct pci_dev *pci_dev_get(struct pci_dev *dev)")
def pci_dev_get(_guest: Guest, device: int) -> int:
    """Return the device. References are not counted, because the devices stay."""
    return device


@function("void pci_dev_put(struct pci_dev *dev)")
def pci_dev_put(_guest: Guest, _device: int) -> None:
    """Do nothing: references are not counted, because the devices stay."""
