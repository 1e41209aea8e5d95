"""drivers/i2c/i2c-core-base.c: Drivers of devices on I2C."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers, listhead
from modtools.emulate.objects.records import bus_row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("i2c_bus_type", "bus_type")
def i2c_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "i2c"."""
    fill_bus(guest, address, "i2c")


@function("int i2c_register_driver(struct module *owner, struct i2c_driver *driver)")
def i2c_register_driver(guest: Guest, owner: int, address: int) -> int:
    """Register an I2C driver; return 0 or an error. With an adapter to look at, the run stops."""
    driver = view(guest, "i2c_driver", address)
    listhead.init(guest, driver.clients.address())
    if guest.table("i2c_adapters"):
        raise Needs("i2c_register_driver with an adapter")
    return register(guest, driver.driver.address(), "i2c_bus_type", owner)


@function("void i2c_del_driver(struct i2c_driver *driver)")
def i2c_del_driver(guest: Guest, address: int) -> None:
    """Unregister an I2C driver."""
    drivers.unregister(guest, view(guest, "i2c_driver", address).driver.address())


@function("int i2c_for_each_dev(void *data, void *fn)")
def i2c_for_each_dev(guest: Guest, data: int, call: int) -> int:
    """Call fn(device, data) for each device of the bus until one returns non-zero; return that, or 0."""
    return drivers.call_for_each(guest, bus_row(guest, guest.address_of("i2c_bus_type"))["devices"], 0, data, call)
