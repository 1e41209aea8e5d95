"""drivers/cxl/core/port.c: The bus of CXL devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL


@variable("cxl_bus_type", "bus_type")
def cxl_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "cxl", on which the machine has no devices."""
    fill_bus(guest, address, "cxl")


@function("int __cxl_driver_register(struct cxl_driver *cxl_drv, struct module *owner, const char *modname)")
def cxl_driver_register(guest: Guest, address: int, owner: int, module: int) -> int:
    """Register a CXL driver; return 0 or an error, -EINVAL for one that lacks its name, probe() or the kind of device
    that it is for.
    """
    driver = view(guest, "cxl_driver", address)
    if not (driver.probe and driver.name and driver.id):
        return -EINVAL
    driver.drv.mod_name = module
    return register(guest, driver.drv.address(), "cxl_bus_type", owner, driver.name)


@function("void cxl_driver_unregister(struct cxl_driver *cxl_drv)")
def cxl_driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a CXL driver."""
    drivers.unregister(guest, view(guest, "cxl_driver", address).drv.address())


@function("void cxl_bus_drain(void)")
def cxl_bus_drain(_guest: Guest) -> None:
    """Return at once, because no work waits."""
