"""drivers/acpi/acpica/tbxface.c: ACPI's tables, by their signatures."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function

_NOT_FOUND = 5


@function("acpi_status acpi_get_table(char *signature, u32 instance, struct acpi_table_header **out_table)")
def acpi_get_table(guest: Guest, signature: int, _instance: int, _result: int) -> int:
    """Return AE_NOT_FOUND for a table that the machine lacks; a table that it has stops the run."""
    name = guest.text(signature, 4)
    if name in guest.hardware.tables:
        raise Needs(f"the ACPI table {name}")
    return _NOT_FOUND
