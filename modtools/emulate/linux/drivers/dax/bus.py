"""drivers/dax/bus.c: The bus of memory that is mapped directly, where it is built in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers, listhead
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL


@variable("dax_bus_type", "bus_type")
def dax_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "dax", which is empty on a machine without such memory."""
    fill_bus(guest, address, "dax")


@function("int __dax_driver_register(struct dax_device_driver *dax_drv, struct module *module, const char *mod_name)")
def dax_driver_register(guest: Guest, address: int, owner: int, name: int) -> int:
    """Register a driver under its module's name; return 0 or an error, -EINVAL for one without probe()."""
    driver = view(guest, "dax_device_driver", address)
    if not driver.probe:
        return -EINVAL
    listhead.init(guest, driver.address("ids"))
    driver.drv.mod_name = name
    return register(guest, driver.drv.address(), "dax_bus_type", owner, name)


@function("void dax_driver_unregister(struct dax_device_driver *dax_drv)")
def dax_driver_unregister(guest: Guest, address: int) -> None:
    """Unregister a driver of such memory."""
    drivers.unregister(guest, view(guest, "dax_device_driver", address).drv.address())
