"""drivers/acpi/glue.c: Buses whose devices have a companion in ACPI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import registrations
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.kernel.log import INFO
from modtools.linuxerrno import ENODEV


@function("int register_acpi_bus_type(struct acpi_bus_type *type)")
def register_acpi_bus_type(guest: Guest, address: int) -> int:
    """Register a bus that has ACPI devices and log its name; return 0."""
    registrations.registering("ACPI buses")(guest, address)
    guest.printk(INFO, f"ACPI: bus type {guest.text(view(guest, 'acpi_bus_type', address).name)} registered")
    return 0


@function("int unregister_acpi_bus_type(struct acpi_bus_type *type)")
def unregister_acpi_bus_type(guest: Guest, address: int) -> int:
    """Unregister a bus that has ACPI devices and log its name; return 0 or -ENODEV."""
    if registrations.unregistering("ACPI buses", absent=ENODEV)(guest, address):
        return -ENODEV
    guest.printk(INFO, f"ACPI: bus type {guest.text(view(guest, 'acpi_bus_type', address).name)} unregistered")
    return 0
