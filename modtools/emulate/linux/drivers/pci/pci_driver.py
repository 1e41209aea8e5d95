"""drivers/pci/pci-driver.c: Drivers of devices on PCI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.pci import search
from modtools.emulate.linux.drivers.pci.search import fits, ids
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers, listhead
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.profiles.hardware import PciDevice


@variable("pci_bus_type", "bus_type")
def pci_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "pci"."""
    fill_bus(guest, address, "pci")


@function("int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)")
def pci_register_driver(guest: Guest, address: int, owner: int, mod_name: int) -> int:
    """Register a PCI driver; return 0 or an error. One that fits a device of the machine stops the run, because that is
    not emulated.
    """
    driver = view(guest, "pci_driver", address)
    for row in ids(guest, driver.id_table):
        for device in guest.hardware.pci:
            if not row.override_only and fits(row, device):
                raise Needs(f"the PCI device {device.slot}")
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
