"""drivers/acpi/osl.c: Whether drivers keep away from what ACPI uses."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("int acpi_resources_are_enforced(void)")
def acpi_resources_are_enforced(guest: Guest) -> int:
    """Return 1, as they do unless the command line says otherwise, which stops the run."""
    if "acpi_enforce_resources=" in guest.kernel.identity.cmdline:
        raise Needs("acpi_enforce_resources= on the command line")
    return 1
