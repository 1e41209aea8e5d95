"""drivers/base/auxiliary.c: The auxiliary bus, and its drivers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("auxiliary_bus_type", "bus_type")
def auxiliary_bus_type(guest: Guest, address: int) -> None:
    """Fill in the bus of devices that are parts of others."""
    fill_bus(guest, address, "auxiliary")


@function("int __auxiliary_driver_register(struct auxiliary_driver *auxdrv, struct module *owner, const char *modname)")
def auxiliary_driver_register(guest: Guest, address: int, owner: int, module_name: int) -> int:
    """Register a driver as `module.name`, or `module`; return 0 or an error."""
    driver = view(guest, "auxiliary_driver", address)
    text = guest.memory.text(module_name)
    if driver.name:
        text += b"." + guest.memory.text(driver.name)
    own = driver.driver
    own.mod_name = module_name
    return register(guest, own.address(), "auxiliary_bus_type", owner, guest.new_text(text))


@function("void auxiliary_driver_unregister(struct auxiliary_driver *auxdrv)")
def auxiliary_driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a driver and free its name."""
    own = view(guest, "auxiliary_driver", address).driver
    name = own.name
    drivers.unregister(guest, own.address())
    guest.heap.free(name)
