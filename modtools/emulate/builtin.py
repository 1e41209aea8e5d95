"""What the kernel has of its own on buses that modules' drivers attach to.

The devices of the virtual machine are those of the hardware that it is: a driver that would be given one of them stops
the run, because the device itself is not emulated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.devices import bus_row
from modtools.emulate.functions import bus as buses
from modtools.emulate.stops import Needs
from modtools.emulate.structs import view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from modtools.emulate.guest import Guest

PLATFORM = frozenset(
    "pcspkr rtc_cmos i8042 serial8250 reg-dummy alarmtimer microcode platform-framebuffer vesa-framebuffer".split()
)
"""Names of the machine's platform devices."""
ACPI = frozenset(
    "LNXSYSTM LNXSYBUS LNXPWRBN LNXCPU ACPI0010 ACPI0007 PNP0A03 PNP0A06 PNP0B00 PNP0303 PNP0F13 PNP0700 PNP0501 "
    "PNP0103 PNP0C0F QEMU0002 PNP0400".split()
)
"""Hardware ids in the machine's ACPI tables."""


def fill_bus(guest: Guest, address: int, name: str, match: str = "") -> None:
    """A bus_type that is built in."""
    row = view(guest, "bus_type", address)
    row.name = guest.new_text(name.encode())
    if match:
        row.match = guest.address_of(match)
    bus_row(guest, address)


def register(guest: Guest, driver: int, bus: str, owner: int = 0, name: int = 0) -> int:
    """A driver of one of these buses; `name` if it is not in the driver yet."""
    row = view(guest, "device_driver", driver)
    row.bus = guest.address_of(bus)
    row.owner = owner or row.owner
    row.name = name or row.name
    return buses.register(guest, driver)


def texts(guest: Guest, table: int, size: int, length: int) -> Iterator[str]:
    """The texts at the beginning of the entries of a table, up to an empty one."""
    while table and (text := guest.text(table, length)):
        yield text
        table += size


def check_acpi(guest: Guest, table: int) -> None:
    """A table of `struct acpi_device_id` (32 bytes) that names a device of the machine stops the run."""
    for text in texts(guest, table, 32, 16):
        if text in ACPI:
            raise Needs(f"the ACPI device {text}")
