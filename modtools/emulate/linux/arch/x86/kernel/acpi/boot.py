"""arch/x86/kernel/acpi/boot.c: Whether ACPI is used."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("acpi_disabled", 4)
def acpi_disabled(_guest: Guest, _address: int) -> None:
    """Leave `acpi_disabled` 0: the machine has ACPI."""
