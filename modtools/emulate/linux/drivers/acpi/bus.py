"""drivers/acpi/bus.c: ACPI's bus and its drivers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import check_acpi, fill_bus, register
from modtools.emulate.objects import drivers, procfs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("acpi_bus_type", "bus_type")
def acpi_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "acpi"."""
    fill_bus(guest, address, "acpi")


@function("int acpi_bus_register_driver(struct acpi_driver *driver)")
def acpi_bus_register_driver(guest: Guest, address: int) -> int:
    """Register an ACPI driver of the module that it names; return 0 or an error."""
    return int(acpi_bus_register_driver_of(guest, address, view(guest, "acpi_driver", address).owner))


@function("int __acpi_bus_register_driver(struct acpi_driver *driver, struct module *owner)")
def acpi_bus_register_driver_of(guest: Guest, address: int, owner: int) -> int:
    """Register an ACPI driver of a module; return 0 or an error. One that fits a device of the machine stops the run.

    The structure of these kernels names no module.
    """
    driver = view(guest, "acpi_driver", address)
    check_acpi(guest, driver.ids)
    return register(guest, driver.drv.address(), "acpi_bus_type", owner, driver.address("name"))


@function("void acpi_bus_unregister_driver(struct acpi_driver *driver)")
def acpi_bus_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister an ACPI driver."""
    drivers.unregister(guest, view(guest, "acpi_driver", address).drv.address())


@variable("acpi_root_dir", 8)
def acpi_root_dir(guest: Guest, address: int) -> None:
    """Hold the entry of /proc/acpi."""
    guest.memory.put(address, procfs.folder(guest, "acpi"), 8)
