"""drivers/acpi/x86/utils.c: Quirks of single machines' ACPI."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool acpi_quirk_skip_acpi_ac_and_battery(void)")
def acpi_quirk_skip_acpi_ac_and_battery(_guest: Guest) -> bool:
    """Return false: the machine is none of the tablets concerned."""
    return False
