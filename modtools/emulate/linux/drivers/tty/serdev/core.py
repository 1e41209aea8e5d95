"""drivers/tty/serdev/core.c: The bus of devices behind serial ports."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("serdev_bus_type", "bus_type")
def serdev_bus_type(guest: Guest, address: int) -> None:
    """Fill in the bus of devices behind serial ports; there are none."""
    fill_bus(guest, address, "serial")


@function("int __serdev_device_driver_register(struct serdev_device_driver *sdrv, struct module *owner)")
def serdev_device_driver_register(guest: Guest, address: int, owner: int) -> int:
    """Register a driver of devices behind serial ports; return 0 or an error. `driver_unregister()` unregisters it."""
    return register(guest, view(guest, "serdev_device_driver", address).driver.address(), "serdev_bus_type", owner)
