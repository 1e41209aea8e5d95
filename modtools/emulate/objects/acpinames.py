"""ACPI's namespace: handles of objects and of devices, which are addresses that nothing lies at.

So what is not done with one, such as reading a `struct acpi_device`, stops the run and is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.integers import MASK64
from modtools.profiles.acpi import ROOT, Object

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


ROOT_OBJECT = MASK64
"""ACPI_ROOT_OBJECT of `include/acpi/actypes.h`."""
_OBJECT, _DEVICE = "the ACPI object ", "the ACPI device "


def handle(guest: Guest, path: str) -> int:
    """Return the handle of the object at a path."""
    return ROOT_OBJECT if path == ROOT else guest.address_of(_OBJECT + path)


def path_of(guest: Guest, number: int) -> str:
    """Return the path of the object that has a handle; "" for what is none."""
    if number == ROOT_OBJECT:
        return ROOT
    return _told(guest, number, _OBJECT)


def _told(guest: Guest, number: int, prefix: str) -> str:
    """Return what an address stands for that was made by a text with this beginning; "" for another one."""
    found = guest.addresses.slot_name(number) or "" if number else ""
    return found.removeprefix(prefix) if found.startswith(prefix) else ""


def find(guest: Guest, path: str) -> Object | None:
    """Return the object at a path; None if there is none."""
    return next((there for there in guest.hardware.namespace if there.path == path), None)


def join(parent: str, name: str) -> str:
    """Return the path of a name below an object, or of one that begins at the root; its parts get four letters each."""
    start = ROOT if name.startswith(ROOT) else parent
    parts = [part.ljust(4, "_") for part in name.removeprefix(ROOT).split(".") if part]
    inside = start if start == ROOT else f"{start}."
    return inside + ".".join(parts) if parts else start


def below(guest: Guest, path: str) -> Iterator[Object]:
    """Yield the objects that lie directly in another one."""
    return (there for there in guest.hardware.namespace if there.parent == path)


def device(guest: Guest, name: str) -> int:
    """Return what stands for a `struct acpi_device`."""
    return guest.address_of(_DEVICE + name)


def device_name(guest: Guest, number: int) -> str:
    """Return the name of the device that an address stands for; "" for what is none."""
    return _told(guest, number, _DEVICE)
