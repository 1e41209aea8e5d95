"""What the kernel has of its own, whatever machine it runs on, on buses and in lists that modules attach to.

Debian's 6.1.0-56-amd64, as it is built. What is the machine's is in `modtools.profiles.hardware`: a driver that would
be given a device of it stops the run, because the device itself is not emulated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.objects import drivers
from modtools.emulate.objects.records import bus_row
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import layout, size_of, view
from modtools.profiles.hardware import InputDevice

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


PLATFORM = frozenset("serial8250 reg-dummy alarmtimer microcode".split())
"""Platform devices that stand for no hardware."""
SERIO_TAKEN = frozenset((6,))
"""Types of serio ports that have a driver: the keyboard's."""
MAJORS = frozenset((1, 4, 5, 7, 10, 13, 29, 128, 136, 202, 203, 204, *range(247, 255)))
"""Majors of character devices in /proc/devices after boot."""
BLOCK_MAJORS = {259: "blkext"}
"""Majors of block devices in /proc/devices after boot."""
MISC_MINORS = (127, 126, 125, 1, 183, 231)
"""Minors of miscellaneous devices, without the one of the HPET."""
MISC_HPET = 228
LEGACY_INTERRUPTS = frozenset((0, 1, *range(3, 16)))
"""Interrupts that there are without a device that brings its own; 2 is the other controller."""
INTERRUPTS = {0: 0x15A00, 1: 0x80, 8: 0, 9: 0x80, 12: 0x80}
"""Interrupts with a handler after boot, and its flags: timer, keyboard controller, clock, ACPI, mouse port."""
RESERVED = 62 << 20
"""Bytes of memory that the kernel takes for itself before anybody can ask."""
MOUSE_BUTTONS = InputDevice(0x17, 1, 1, 1 << 0 | 1 << 1 | 1 << 2, 3, frozenset((0x110, 0x111, 0x112)))
"""The input device that `drivers/macintosh/mac_hid.c` makes of keys: three buttons, two axes."""


def fill_bus(guest: Guest, address: int, name: str, match: str = "") -> None:
    """Fill a `struct bus_type` that is built into the kernel, and enter it among the buses."""
    row = view(guest, "bus_type", address)
    row.name = guest.new_text(name.encode())
    if match:
        row.match = guest.address_of(match)
    bus_row(guest, address)


def register(guest: Guest, driver: int, bus: str, owner: int = 0, name: int = 0) -> int:
    """Register a driver of a built-in bus, with `name` if it has none yet; return 0 or an error."""
    row = view(guest, "device_driver", driver)
    row.bus = guest.address_of(bus)
    row.owner = owner or row.owner
    row.name = name or row.name
    return drivers.register(guest, driver)


def ids(guest: Guest, table: int, kind: str, field: str) -> Iterator[str]:
    """Yield the text in a field of each entry of a table, up to an empty one. `kind` is the structure of an entry."""
    offset, length, *_ = layout(guest, kind).fields[field]
    while table and (text := guest.text(table + offset, length)):
        yield text
        table += size_of(guest, kind)


def check_acpi(guest: Guest, table: int) -> None:
    """Stop the run for a table of `struct acpi_device_id` that names a device of the machine."""
    for text in ids(guest, table, "acpi_device_id", "id"):
        if text in guest.hardware.acpi:
            raise Needs(f"the ACPI device {text}")
