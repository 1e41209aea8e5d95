"""drivers/pci/search.c: Looking for devices on the PCI bus.

The machine's devices can be looked at one after another, and what identifies them and where their resources are can be
read from memory. Who asks for a certain one that is there would go on to use it, and none is emulated, so that stops
the run.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.objects import devices, kobjects
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.profiles.hardware import PciDevice

_ANY = 0xFFFFFFFF


def ids(guest: Guest, table: int) -> Iterator[View]:
    """Yield the entries of a table of PCI ids."""
    while table:
        row = view(guest, "pci_device_id", table)
        if not (row.vendor or row.subvendor or row.class_mask):
            return
        yield row
        table += size_of(guest, "pci_device_id")


def fits(row: View, device: PciDevice) -> bool:
    """Return whether a table's entry matches a device (`pci_match_one_device()`)."""
    pairs = ((row.vendor, device.vendor), (row.device, device.device))
    pairs += ((row.subvendor, device.subsystem[0]), (row.subdevice, device.subsystem[1]))  # type: ignore[assignment]
    same_class = not (getattr(row, "class") ^ device.class_code) & row.class_mask
    return same_class and all(wanted in (_ANY, actual) for wanted, actual in pairs)


def _fill(guest: Guest, row: View, there: PciDevice) -> None:
    row.vendor, row.device, row.revision = there.vendor, there.device, there.revision
    row.subsystem_vendor, row.subsystem_device = there.subsystem
    setattr(row, "class", there.class_code)
    slot, _, number = there.slot.rpartition(":")[2].partition(".")
    row.devfn = int(slot, 16) << 3 | int(number)
    for index, start, end, flags in there.bars:
        resource = view(guest, "resource", row.address("resource") + index * size_of(guest, "resource"))
        resource.start, resource.end, resource.flags = start, end, flags
        resource.name = guest.new_text(there.slot.encode())


def _devices(guest: Guest) -> list[int]:
    """Return the `struct pci_dev` of each device in the order of the bus; make them at first use."""
    table = guest.table("pci")
    for there in guest.hardware.pci if not table else ():
        row = new(guest, "pci_dev")
        _fill(guest, row, there)
        row.bus = guest.address_of("the PCI bus 0000:00")
        devices.initialize(guest, row.dev.address())
        row.dev.bus = guest.address_of("pci_bus_type")
        kobjects.set_name(guest, row.dev.address(), there.slot.encode())
        table[there.slot] = row.address()
    return list(table.values())


@function("int pci_dev_present(const struct pci_device_id *ids)")
def pci_dev_present(guest: Guest, table: int) -> bool:
    """Return whether a device of a table of ids is in the machine."""
    return any(fits(row, device) for row in ids(guest, table) for device in guest.hardware.pci)


def _absent(guest: Guest, vendor: int, device: int) -> int:
    for there in guest.hardware.pci:
        if vendor in (_ANY, there.vendor) and device in (_ANY, there.device):
            raise Needs(f"the PCI device {there.slot}")
    return 0


def _after(guest: Guest, previous: int) -> Iterator[int]:
    found = _devices(guest)
    return iter(found[found.index(previous) + 1 :] if previous else found)


@function("struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from)")
def pci_get_device(guest: Guest, vendor: int, device: int, start: int) -> int:
    """Return the next of all devices after `from`, or 0 for an id that the machine lacks; a certain one that is there
    stops the run.
    """
    if (vendor, device) == (_ANY, _ANY):
        return next(_after(guest, start), 0)
    return _absent(guest, vendor, device)


@function(
    "struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,"
    " unsigned int ss_device, struct pci_dev *from)"
)
def pci_get_subsys(guest: Guest, vendor: int, device: int, _subvendor: int, _subdevice: int, _start: int) -> int:
    """Return 0 for a device that the machine lacks; one that is there, whatever its subsystem, stops the run."""
    return _absent(guest, vendor, device)


@function("struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from)")
def pci_get_class(guest: Guest, code: int, start: int) -> int:
    """Return the next device of a class after `from`; 0 if there is none."""
    return next((at for at in _after(guest, start) if getattr(view(guest, "pci_dev", at), "class") == code), 0)
