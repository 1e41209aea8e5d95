"""drivers/pnp/driver.c: Drivers of plug and play devices.

Ids are compared with the machine's.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import fill_bus, ids, register
from modtools.emulate.objects import drivers
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable
from modtools.emulate.symbols.structs import view


@variable("pnp_bus_type", "bus_type")
def pnp_bus_type(guest: Guest, address: int) -> None:
    """Fill the bus "pnp", plug and play."""
    fill_bus(guest, address, "pnp")


@function("int pnp_register_driver(struct pnp_driver *drv)")
def pnp_register_driver(guest: Guest, address: int) -> int:
    """Register a PnP driver; return 0 or an error. One that fits a device of the machine stops the run."""
    driver = view(guest, "pnp_driver", address)
    for text in ids(guest, driver.id_table, "pnp_device_id", "id"):
        if any(_pnp_fits(text, there) for there in guest.hardware.acpi):
            raise Needs(f"the PnP device {text}")
    return register(guest, driver.driver.address(), "pnp_bus_type", 0, driver.name)


def _pnp_fits(wanted: str, there: str) -> bool:
    """Return whether an id fits, as compare_pnp_id() does: an X stands for any digit, ANYDEVS for all."""
    if wanted == "ANYDEVS":
        return True
    same = len(wanted) == len(there) and wanted[:3] == there[:3]
    return same and all(a in ("X", "x") or a.upper() == b for a, b in zip(wanted[3:], there[3:], strict=True))


@function("void pnp_unregister_driver(struct pnp_driver *drv)")
def pnp_unregister_driver(guest: Guest, address: int) -> None:
    """Unregister a PnP driver."""
    drivers.unregister(guest, view(guest, "pnp_driver", address).driver.address())
