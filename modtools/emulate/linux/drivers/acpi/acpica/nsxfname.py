"""drivers/acpi/acpica/nsxfname.c: Objects in ACPI's namespace by their names."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import acpinames
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.profiles.acpi import ROOT

_OK, _NOT_FOUND, _BAD_PARAMETER = 0, 5, 0x1001


@function("acpi_status acpi_get_handle(acpi_handle parent, acpi_string pathname, acpi_handle *ret_handle)")
def acpi_get_handle(guest: Guest, parent: int, name: int, result: int) -> int:
    """Store the handle of a name below an object, or of one that begins at the root; return AE_OK or an error."""
    text = guest.text(name) if name else ""
    start = acpinames.path_of(guest, parent)
    if not name or not result or (parent and not start) or not (text.startswith(ROOT) or start):
        return _BAD_PARAMETER
    if not text or "^" in text:
        raise Needs("a name of ACPI that is empty or goes up")
    path = acpinames.join(start, text)
    if path != ROOT and acpinames.find(guest, path) is None:
        return _NOT_FOUND
    guest.memory.put(result, acpinames.handle(guest, path), 8)
    return _OK
