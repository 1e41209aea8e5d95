"""By which driver a platform device may be bound: the files `modalias` and `driver_override`, and its uevent.

From Linux 6.1: `drivers/base/platform.c: modalias_show(), driver_override_store(), platform_uevent()`,
`drivers/base/driver.c: driver_set_override()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import records, sysfs
from modtools.emulate.symbols.structs import View, has, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FILES = ("modalias", "driver_override")


def platform_device(guest: Guest, device: int) -> View:
    """Return the platform device around a device."""
    return view(guest, "platform_device", device - view(guest, "platform_device", 0).address("dev"))


def add(guest: Guest, device: int) -> None:
    """Make the files of a platform device."""
    for name in _FILES:
        sysfs.add_name(guest, device, name, "own", sysfs.own(name))


def remove(guest: Guest, device: int) -> None:
    """Remove the files of a platform device."""
    for name in _FILES:
        sysfs.remove_name(guest, device, name)


def alias(guest: Guest, device: int) -> str:
    """Return by which alias the module of a platform device's driver is found."""
    return f"platform:{guest.text(platform_device(guest, device).name)}"


def modalias(guest: Guest, device: int) -> str:
    """Return the text of `modalias`."""
    return f"{alias(guest, device)}\n"


def show(guest: Guest, device: int) -> str:
    """Return the name of the only driver that a device may have."""
    place = records.driver_override(guest, "platform_device", platform_device(guest, device))
    return f"{guest.text(place) if place else '(null)'}\n"


def store(guest: Guest, device: int, text: str) -> int:
    """Name the only driver that a device may have, by the first line; none by an empty one. Return 0."""
    row, name = platform_device(guest, device), text.partition("\n")[0]
    before = records.driver_override(guest, "platform_device", row)
    if before:
        guest.heap.free(before)
    place = guest.new_text(name.encode("utf-8", "surrogateescape")) if name else 0
    if has(guest, "platform_device", "driver_override"):
        row.driver_override = place
    else:
        guest.memory.put(row.dev.address("driver_override"), place, 8)
    return 0
