"""drivers/spi/spi.c: Drivers of devices on SPI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, ids, register
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import size_of, view
from modtools.kernel.log import WARNING


@variable("spi_bus_type", "bus_type")
def spi_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "spi"."""
    fill_bus(guest, address, "spi")


def _tables(guest: Guest, table: int) -> list[str]:
    """Return each `compatible` of a table of `struct of_device_id`."""
    found = []
    while table:
        row = view(guest, "of_device_id", table)
        if not any(guest.memory.u8(row.address(field)) for field in ("name", "type", "compatible")):
            break
        found.append(guest.text(row.address("compatible"), row.address("data") - row.address("compatible")))
        table += size_of(guest, "of_device_id")
    return found


@function("int __spi_register_driver(struct module *owner, struct spi_driver *sdrv)")
def spi_register_driver(guest: Guest, owner: int, address: int) -> int:
    """Register an SPI driver; return 0 or an error. Log a warning for each device tree name that has no SPI id."""
    driver = view(guest, "spi_driver", address)
    own = driver.driver
    names = list(ids(guest, driver.id_table, "spi_device_id", "name")) if driver.id_table else [guest.text(own.name)]
    for compatible in _tables(guest, own.of_match_table):
        name = compatible.partition(",")[2] or compatible
        if name not in names:
            guest.printk(WARNING, f"SPI driver {guest.text(own.name)} has no spi_device_id for {compatible}")
    return register(guest, own.address(), "spi_bus_type", owner)
