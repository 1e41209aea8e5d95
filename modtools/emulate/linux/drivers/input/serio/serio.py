"""drivers/input/serio/serio.c: Drivers of serial input devices."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import SERIO_TAKEN, fill_bus, register
from modtools.emulate.objects import drivers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import size_of, view

_ANY = 255


@variable("serio_bus", "bus_type")
def serio_bus(guest: Guest, address: int) -> None:
    """Fill the bus "serio", serial input devices."""
    fill_bus(guest, address, "serio")


@function("int __serio_register_driver(struct serio_driver *drv, struct module *owner, const char *mod_name)")
def serio_register_driver(guest: Guest, address: int, owner: int, mod_name: int) -> int:
    """Register a driver of serial input devices; return 0 or an error. One that fits the mouse's port stops the run."""
    driver = view(guest, "serio_driver", address)
    table, free = driver.id_table, set(guest.hardware.serio) - SERIO_TAKEN
    while not driver.manual_bind and table:
        row = view(guest, "serio_device_id", table)
        if not (row.type or row.proto):
            break
        if free and row.type in (_ANY, *free):
            raise Needs("the serio port of the mouse")
        table += size_of(guest, "serio_device_id")
    driver.driver.mod_name = mod_name
    return register(guest, driver.driver.address(), "serio_bus", owner)


@function("void serio_unregister_driver(struct serio_driver *drv)")
def serio_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister a driver of serial input devices."""
    drivers.unregister(guest, view(guest, "serio_driver", address).driver.address())
