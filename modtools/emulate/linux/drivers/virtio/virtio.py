"""drivers/virtio/virtio.c: Drivers of virtual devices, in kernels that have their bus built in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, register
from modtools.emulate.objects import drivers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("virtio_bus", "bus_type")
def virtio_bus(guest: Guest, address: int) -> None:
    """Fill the bus "virtio", on which the machine has no devices."""
    fill_bus(guest, address, "virtio")


@function("int __register_virtio_driver(struct virtio_driver *driver, struct module *owner)")
def register_virtio_driver(guest: Guest, address: int, owner: int) -> int:
    """Register a driver of virtual devices; return 0 or an error. Features without their table stop the run."""
    driver = view(guest, "virtio_driver", address)
    if driver.feature_table_size and not driver.feature_table:
        raise Needs("BUG (a virtio driver without its features)")
    return register(guest, driver.driver.address(), "virtio_bus", owner)


@function("void unregister_virtio_driver(struct virtio_driver *driver)")
def unregister_virtio_driver(guest: Guest, address: int) -> None:
    """Unregister a driver of virtual devices."""
    drivers.unregister(guest, view(guest, "virtio_driver", address).driver.address())
