"""Registering drivers on the kernel's own buses: PCI, PnP, ACPI, I2C, SPI, serio, and others.

From Linux 6.1: `drivers/pci/pci-driver.c`, `drivers/pnp/driver.c`, `drivers/pnp/card.c`, `drivers/acpi/bus.c`,
`drivers/i2c/i2c-core-base.c`, `drivers/spi/spi.c`, `drivers/input/serio/serio.c`. Ids are compared with the machine's.
"""

from __future__ import annotations

from modtools.emulate import listhead
from modtools.emulate.builtin import SERIO_TAKEN, check_acpi, fill_bus, register, texts
from modtools.emulate.functions import bus as buses
from modtools.emulate.functions.pci import fits, ids
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import size_of, view
from modtools.kernel.log import WARNING


@variable("pci_bus_type", 184)
def pci_bus_type(guest: Guest, address: int) -> None:
    """`drivers/pci/pci-driver.c`: Fill the bus "pci"."""
    fill_bus(guest, address, "pci")


@variable("pnp_bus_type", 184)
def pnp_bus_type(guest: Guest, address: int) -> None:
    """`drivers/pnp/driver.c`: Fill the bus "pnp", plug and play."""
    fill_bus(guest, address, "pnp")


@variable("acpi_bus_type", 184)
def acpi_bus_type(guest: Guest, address: int) -> None:
    """`drivers/acpi/bus.c`: Fill the bus "acpi"."""
    fill_bus(guest, address, "acpi")


@variable("i2c_bus_type", 184)
def i2c_bus_type(guest: Guest, address: int) -> None:
    """`drivers/i2c/i2c-core-base.c`: Fill the bus "i2c"."""
    fill_bus(guest, address, "i2c")


@variable("spi_bus_type", 184)
def spi_bus_type(guest: Guest, address: int) -> None:
    """`drivers/spi/spi.c`: Fill the bus "spi"."""
    fill_bus(guest, address, "spi")


@variable("serio_bus", 184)
def serio_bus(guest: Guest, address: int) -> None:
    """`drivers/input/serio/serio.c`: Fill the bus "serio", serial input devices."""
    fill_bus(guest, address, "serio")


@function("int __pci_register_driver(struct pci_driver *drv, struct module *owner, const char *mod_name)")
def pci_register_driver(guest: Guest, address: int, owner: int, mod_name: int) -> int:
    """`drivers/pci/pci-driver.c`: Register a PCI driver; return 0 or an error. One that fits a device of the machine
    stops the run, because that is not emulated.
    """
    driver = view(guest, "pci_driver", address)
    for row in ids(guest, driver.id_table):
        for device in guest.machine.pci:
            if not row.override_only and fits(row, device):
                raise Needs(f"the PCI device {device.slot}")
    own = driver.driver
    own.mod_name, own.groups, own.dev_groups = mod_name, driver.groups, driver.dev_groups
    listhead.init(guest, driver.dynids.address("list"))
    return register(guest, own.address(), "pci_bus_type", owner, driver.name)


@function("void pci_unregister_driver(struct pci_driver *drv)")
def pci_unregister_driver(guest: Guest, address: int) -> None:
    """`drivers/pci/pci-driver.c`: Unregister a PCI driver."""
    buses.unregister(guest, view(guest, "pci_driver", address).driver.address())


@function("int pnp_register_driver(struct pnp_driver *drv)")
def pnp_register_driver(guest: Guest, address: int) -> int:
    """`drivers/pnp/driver.c`: Register a PnP driver (its ids have 8 bytes of 16); return 0 or an error. One that fits a
    device of the machine stops the run.
    """
    driver = view(guest, "pnp_driver", address)
    for text in texts(guest, driver.id_table, 16, 8):
        if any(_pnp_fits(text, there) for there in guest.machine.acpi):
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
    """`drivers/pnp/driver.c`: Unregister a PnP driver."""
    buses.unregister(guest, view(guest, "pnp_driver", address).driver.address())


@function("int pnp_register_card_driver(struct pnp_card_driver *drv)")
def pnp_register_card_driver(guest: Guest, address: int) -> int:
    """`drivers/pnp/card.c`: Register a driver of PnP cards; return 0 or an error. The machine has no ISA PnP cards."""
    driver = view(guest, "pnp_card_driver", address)
    link = driver.link
    link.name, link.id_table, link.flags = driver.name, 0, driver.flags
    return register(guest, link.driver.address(), "pnp_bus_type", 0, driver.name)


@function("void pnp_unregister_card_driver(struct pnp_card_driver *drv)")
def pnp_unregister_card_driver(guest: Guest, address: int) -> None:
    """`drivers/pnp/card.c`: Unregister a driver of PnP cards."""
    buses.unregister(guest, view(guest, "pnp_card_driver", address).link.driver.address())


@function("int acpi_bus_register_driver(struct acpi_driver *driver)")
def acpi_bus_register_driver(guest: Guest, address: int) -> int:
    """`drivers/acpi/bus.c`: Register an ACPI driver; return 0 or an error. One that fits a device of
    the machine stops the run.
    """
    driver = view(guest, "acpi_driver", address)
    check_acpi(guest, driver.ids)
    return register(guest, driver.drv.address(), "acpi_bus_type", driver.owner, driver.address("name"))


@function("void acpi_bus_unregister_driver(struct acpi_driver *driver)")
def acpi_bus_unregister_driver(guest: Guest, address: int) -> None:
    """`drivers/acpi/bus.c`: Unregister an ACPI driver."""
    buses.unregister(guest, view(guest, "acpi_driver", address).drv.address())


@function("int i2c_register_driver(struct module *owner, struct i2c_driver *driver)")
def i2c_register_driver(guest: Guest, owner: int, address: int) -> int:
    """`drivers/i2c/i2c-core-base.c`: Register an I2C driver; return 0 or an error. With an
    adapter to look at, the run stops.
    """
    driver = view(guest, "i2c_driver", address)
    listhead.init(guest, driver.clients.address())
    if guest.table("i2c_adapters"):
        raise Needs("i2c_register_driver with an adapter")
    return register(guest, driver.driver.address(), "i2c_bus_type", owner)


@function("void i2c_del_driver(struct i2c_driver *driver)")
def i2c_del_driver(guest: Guest, address: int) -> None:
    """`drivers/i2c/i2c-core-base.c`: Unregister an I2C driver."""
    buses.unregister(guest, view(guest, "i2c_driver", address).driver.address())


def _tables(guest: Guest, table: int) -> list[str]:
    """Return each `compatible` of a table of `struct of_device_id` (200 bytes, at 64, 128 bytes)."""
    found = []
    while table:
        row = view(guest, "of_device_id", table)
        if not any(guest.memory.u8(row.address(field)) for field in ("name", "type", "compatible")):
            break
        found.append(guest.text(row.address("compatible"), row.address("data") - row.address("compatible")))
        table += size_of("of_device_id")
    return found


@function("int __spi_register_driver(struct module *owner, struct spi_driver *sdrv)")
def spi_register_driver(guest: Guest, owner: int, address: int) -> int:
    """`drivers/spi/spi.c`: Register an SPI driver; return 0 or an error. Log a warning for each device tree
    name that has no SPI id.
    """
    driver = view(guest, "spi_driver", address)
    own = driver.driver
    names = list(texts(guest, driver.id_table, 40, 32)) if driver.id_table else [guest.text(own.name)]
    for compatible in _tables(guest, own.of_match_table):
        name = compatible.partition(",")[2] or compatible
        if name not in names:
            guest.printk(WARNING, f"SPI driver {guest.text(own.name)} has no spi_device_id for {compatible}")
    return register(guest, own.address(), "spi_bus_type", owner)


@function("int __serio_register_driver(struct serio_driver *drv, struct module *owner, const char *mod_name)")
def serio_register_driver(guest: Guest, address: int, owner: int, mod_name: int) -> int:
    """`drivers/input/serio/serio.c`: Register a driver of serial input devices (ids: type, extra, id, proto; 255 is
    any); return 0 or an error. One that fits the mouse's port stops the run.
    """
    driver = view(guest, "serio_driver", address)
    table, free = driver.id_table, set(guest.machine.serio) - SERIO_TAKEN
    while not driver.manual_bind and table and (row := guest.memory.read(table, 4)) != bytes(4):
        if not (row[0] or row[3]):
            break
        if free and row[0] in (255, *free):
            raise Needs("the serio port of the mouse")
        table += 4
    driver.driver.mod_name = mod_name
    return register(guest, driver.driver.address(), "serio_bus", owner)


@function("void serio_unregister_driver(struct serio_driver *drv)")
def serio_unregister_driver(guest: Guest, address: int) -> None:
    """`drivers/input/serio/serio.c`: Unregister a driver of serial input devices."""
    buses.unregister(guest, view(guest, "serio_driver", address).driver.address())
