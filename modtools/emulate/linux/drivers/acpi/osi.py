"""drivers/acpi/osi.c: Which systems the firmware has asked for."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function


@function("bool acpi_osi_is_win8(void)")
def acpi_osi_is_win8(_guest: Guest) -> bool:
    """Return false: the ACPI tables of QEMU do not ask for Windows 8."""
    return False
