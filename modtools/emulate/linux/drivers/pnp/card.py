"""drivers/pnp/card.c: Drivers of plug and play cards."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import register
from modtools.emulate.objects import drivers
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view


@function("int pnp_register_card_driver(struct pnp_card_driver *drv)")
def pnp_register_card_driver(guest: Guest, address: int) -> int:
    """Register a driver of PnP cards; return 0 or an error. The machine has no ISA PnP cards."""
    driver = view(guest, "pnp_card_driver", address)
    link = driver.link
    link.name, link.id_table, link.flags = driver.name, 0, driver.flags
    return register(guest, link.driver.address(), "pnp_bus_type", 0, driver.name)


@function("void pnp_unregister_card_driver(struct pnp_card_driver *drv)")
def pnp_unregister_card_driver(guest: Guest, address: int) -> None:
    """Unregister a driver of PnP cards."""
    drivers.unregister(guest, view(guest, "pnp_card_driver", address).link.driver.address())
