"""drivers/acpi/acpica/nsxfeval.c: Looking for devices in ACPI's namespace."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.acpi import utils
from modtools.emulate.symbols.registry import function


@function("acpi_status acpi_get_devices(const char *HID, void *user_function, void *context, void **return_value)")
def acpi_get_devices(guest: Guest, hid: int, _call: int, _context: int, _result: int) -> int:
    """Return AE_OK without calling the function, for a hardware id that the machine lacks; one that it has stops the
    run.
    """
    utils.absent(guest, hid)
    return 0
