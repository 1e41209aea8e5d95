"""drivers/acpi/utils.c: Whether ACPI has a device."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import acpinames
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, variable


@variable("acpi_video_backlight_string", 16)
def acpi_video_backlight_string(guest: Guest, _address: int) -> None:
    """Leave the text empty; `acpi_backlight=` on the command line stops the run."""
    if "acpi_backlight=" in guest.kernel.identity.cmdline:
        raise Needs("acpi_backlight= on the command line")


@function("bool acpi_dev_present(const char *hid, const char *uid, s64 hrv)")
def acpi_dev_present(guest: Guest, hid: int, _uid: int, _revision: int) -> bool:
    """Return false for a hardware id that the machine lacks; one that it has stops the run."""
    absent(guest, hid)
    return False


@function("bool acpi_dev_found(const char *hid)")
def acpi_dev_found(guest: Guest, hid: int) -> bool:
    """Return false for a hardware id that the machine lacks; one that it has stops the run."""
    absent(guest, hid)
    return False


@function(
    "struct acpi_device *acpi_dev_get_next_match_dev(struct acpi_device *adev, const char *hid,"
    " const char *uid, s64 hrv)"
)
def acpi_dev_get_next_match_dev(guest: Guest, _device: int, hid: int, _uid: int, _revision: int) -> int:
    """Return NULL for a hardware id that the machine lacks; one that it has stops the run."""
    absent(guest, hid)
    return 0


def absent(guest: Guest, hid: int) -> None:
    """Stop the run for an ACPI hardware id that the machine has, or for none."""
    if not hid or guest.text(hid) in guest.hardware.acpi:
        raise Needs("a device of ACPI")


@function("bool acpi_has_method(acpi_handle handle, char *name)")
def acpi_has_method(guest: Guest, parent: int, name: int) -> bool:
    """Return whether an object has another one of a name in it, or the root has one whose name begins there."""
    path = acpinames.join(acpinames.path_of(guest, parent), guest.text(name))
    return acpinames.find(guest, path) is not None
