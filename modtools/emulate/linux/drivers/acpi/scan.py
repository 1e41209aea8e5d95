"""drivers/acpi/scan.c: The devices that Linux has for objects of ACPI's namespace."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import acpinames
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.profiles.acpi import ROOT


@function("struct acpi_device *acpi_fetch_acpi_dev(acpi_handle handle)")
def acpi_fetch_acpi_dev(guest: Guest, number: int) -> int:
    """Return the device of an object, which only functions can look at; NULL for an object that has none."""
    path = acpinames.path_of(guest, number)
    if path == ROOT:
        raise Needs("the ACPI device of the whole machine")
    there = acpinames.find(guest, path)
    return acpinames.device(guest, there.device) if there and there.device else 0


@function("const char *acpi_device_hid(struct acpi_device *device)")
def acpi_device_hid(guest: Guest, address: int) -> int:
    """Return the hardware id of a device, "device" for one that has none."""
    name = acpinames.device_name(guest, address)
    if not name:
        raise Needs("a device of ACPI that is none of the machine's")
    texts = guest.table("acpi ids")
    hid = name.partition(":")[0]
    if hid not in texts:
        texts[hid] = guest.new_text(hid.encode())
    return int(texts[hid])
