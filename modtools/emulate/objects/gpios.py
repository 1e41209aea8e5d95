"""GPIO lines and their chips: what is known of each, and how /sys/class/gpio shows them.

From Linux 6.1: `drivers/gpio/gpiolib.c`, `drivers/gpio/gpiolib.h: struct gpio_desc`, `drivers/gpio/gpiolib-sysfs.c`.
Chips are known by their `struct gpio_device` (the table `gpio_chips`, sorted by their first line), lines by their
`struct gpio_desc`. The tables `gpio_exported`: line -> address of the device that shows it, `gpio_shown`: the same of a
chip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import classes, devices, kernelgroups, kobjects, records
from modtools.emulate.objects.kernelgroups import Attribute
from modtools.emulate.objects.sysfs import add_groups
from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.integers import ERROR_POINTERS
from modtools.linuxerrno import EINVAL, ENXIO, EPERM

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


REQUESTED, IS_OUT, EXPORT, SYSFS, ACTIVE_LOW, OPEN_DRAIN, OPEN_SOURCE = 0, 1, 2, 3, 6, 7, 8
"""Flags of a line, FLAG_* of `drivers/gpio/gpiolib.h`."""
_PREALLOCATED = 0o10000
"""SYSFS_PREALLOC: such a file is asked anew by each read."""
_CLASS_FILES = {
    "": (
        Attribute("export", 0o200, store="gpio_export_store"),
        Attribute("unexport", 0o200, store="gpio_unexport_store"),
    )
}
_CHIP_FILES = {"": tuple(Attribute(name, 0o444, "gpio_chip_show") for name in ("base", "label", "ngpio"))}


def chips(guest: Guest) -> list[int]:
    """Return the `struct gpio_device` of each chip, by the number of its first line."""
    found: list[int] = guest.table("gpio_chips").setdefault("list", [])
    return found


def device(guest: Guest, address: int) -> View:
    """Return the `struct gpio_device` at an address."""
    return view(guest, "gpio_device", address)


def chip_of(guest: Guest, line: int) -> View:
    """Return the chip of a line."""
    return view(guest, "gpio_chip", device(guest, view(guest, "gpio_desc", line).gdev).chip)


def offset_of_line(guest: Guest, line: int) -> int:
    """Return the number of a line within its chip."""
    first = device(guest, view(guest, "gpio_desc", line).gdev).descs
    return int(line - first) // size_of(guest, "gpio_desc")


def line_of(guest: Guest, address: int, offset: int) -> int:
    """Return the line of a chip that has this number within it."""
    return int(device(guest, address).descs + offset * size_of(guest, "gpio_desc"))


def number_of(guest: Guest, line: int) -> int:
    """Return the number of a line."""
    return int(device(guest, view(guest, "gpio_desc", line).gdev).base) + offset_of_line(guest, line)


def interrupt_of(guest: Guest, line: int) -> int:
    """Return the interrupt of a line as its chip says, -ENXIO if it has none, -EINVAL for no line."""
    if not line or line >= ERROR_POINTERS:
        return -EINVAL
    chip = chip_of(guest, line)
    if not chip.to_irq:
        return -ENXIO
    return guest.call_signed(chip.to_irq, chip.address(), offset_of_line(guest, line)) or -ENXIO


def is_marked(line: View, flag: int) -> bool:
    """Return whether a line has a flag."""
    return bool(line.flags >> flag & 1)


def mark(line: View, flag: int, *, on: bool = True) -> None:
    """Set or clear a flag of a line."""
    line.flags = line.flags | 1 << flag if on else line.flags & ~(1 << flag)


def register_class(guest: Guest) -> None:
    """Register the class "gpio" with its files that export lines."""
    folder = records.subsystem(guest, "class", _class(guest))
    add_groups(guest, folder, kernelgroups.groups(guest, "gpio_class", _CLASS_FILES))


def _class(guest: Guest) -> int:
    return classes.built_in(guest, "gpio", "device_create_release")


def _create(guest: Guest, parent: int, data: int, groups: int, name: bytes) -> int:
    """Add a device of the class; return it, or an error."""
    dev = new(guest, "device")
    devices.initialize(guest, dev.address())
    dev.parent, dev.driver_data, dev.groups = parent, data, groups
    setattr(dev, "class", _class(guest))
    dev.release = guest.address_of("device_create_release")
    kobjects.set_name(guest, dev.address(), name)
    error = devices.add(guest, dev.address())
    if error:
        kobjects.put(guest, dev.address())
    return error or dev.address()


def register_chip(guest: Guest, row: View) -> None:
    """Show a chip as gpiochipN, N the number of its first line."""
    parent = view(guest, "gpio_chip", row.chip).parent or row.dev.address()
    groups = kernelgroups.groups(guest, "gpio_chip", _CHIP_FILES)
    own = _create(guest, parent, row.chip, groups, b"gpiochip%d" % row.base)
    guest.table("gpio_shown")[row.address()] = own


def unregister_chip(guest: Guest, row: View) -> None:
    """Show a chip no more."""
    own = guest.table("gpio_shown").pop(row.address(), 0)
    if own > 0:
        devices.unregister(guest, own)


def export(guest: Guest, line: int, *, changeable: bool) -> int:
    """Show a requested line as gpioN or by the name that its chip gives it, with its direction only if that may change;
    return 0, -EINVAL for NULL, or -EPERM if that is done already (`gpiod_export()`).
    """
    if not line:
        return -EINVAL
    row, chip = view(guest, "gpio_desc", line), chip_of(guest, line)
    if not is_marked(row, REQUESTED) or is_marked(row, EXPORT):
        return -EPERM
    mark(row, EXPORT)
    name = b"gpio%d" % number_of(guest, line)
    if chip.names and (own := guest.memory.u64(chip.names + 8 * offset_of_line(guest, line))):
        name = guest.memory.text(own)
    changes = changeable and bool(chip.direction_input and chip.direction_output)
    interrupts = interrupt_of(guest, line) >= 0 and (changes or not is_marked(row, IS_OUT))
    parent = device(guest, row.gdev).dev.address()
    shown = _create(guest, parent, line, _groups(guest, changes, interrupts), name)
    if shown < 0:
        mark(row, EXPORT, on=False)
        return shown
    guest.table("gpio_exported")[line] = shown
    return 0


def _groups(guest: Guest, changes: bool, interrupts: bool) -> int:
    names = ["direction"] * changes + ["edge"] * interrupts
    files = [Attribute(name, 0o644, "gpio_line_show", "gpio_line_store") for name in (*names, "active_low")]
    value = Attribute("value", _PREALLOCATED | 0o644, "gpio_line_show", "gpio_line_store")
    return kernelgroups.groups(guest, f"gpio {changes:d} {interrupts:d}", {"": (value, *files)})


def unexport(guest: Guest, line: int) -> None:
    """Show a line no more (`gpiod_unexport()`)."""
    shown = guest.table("gpio_exported").pop(line, 0)
    if shown:
        mark(view(guest, "gpio_desc", line), EXPORT, on=False)
        devices.unregister(guest, shown)
