"""drivers/firmware/google/coreboot_table.c: Drivers of what coreboot has left, with a built-in bus."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("coreboot_bus_type", "bus_type")
def coreboot_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "coreboot", which is empty on other firmware."""
    fill_bus(guest, address, "coreboot")


@function("int __coreboot_driver_register(struct coreboot_driver *driver, struct module *owner)")
def coreboot_driver_register(guest: Guest, address: int, owner: int) -> int:
    """Register a driver of what coreboot has left; return 0 or an error."""
    return register(guest, view(guest, "coreboot_driver", address).drv.address(), "coreboot_bus_type", owner)


@function("void coreboot_driver_unregister(struct coreboot_driver *driver)")
def coreboot_driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a driver of what coreboot has left."""
    drivers.unregister(guest, view(guest, "coreboot_driver", address).drv.address())
