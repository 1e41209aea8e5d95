"""drivers/pci/search.c: Looking for devices on the PCI bus.

The machine's devices can be looked at one after another; what identifies them and where their resources are can be
read from memory, and their configuration space by its functions. Who goes on to use one needs functions that are not
provided, as no device is emulated.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.objects import devices, kobjects
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import View, new, size_of, view
from modtools.profiles.hardware import PciDevice

_ANY = _MASK_32 = 0xFFFFFFFF
_ROM, _POWER_UNKNOWN, _CHANNEL_NORMAL = 0x30, 5, 1


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
    space = there.configuration
    row.hdr_type, row.multifunction = space[0x0E] & 0x7F, space[0x0E] >> 7 | (number != "0")
    row.irq, row.pin, row.cfg_size = space[0x3C], space[0x3D], len(space)
    row.rom_base_reg, row.current_state, row.error_state = _ROM, _POWER_UNKNOWN, _CHANNEL_NORMAL
    row.dma_mask = row.dev.coherent_dma_mask = _MASK_32
    row.dev.dma_mask = row.address("dma_mask")
    for index, start, end, flags in there.bars:
        resource = view(guest, "resource", row.address("resource") + index * size_of(guest, "resource"))
        resource.start, resource.end, resource.flags = start, end, flags
        resource.name = guest.new_text(there.slot.encode())


def all_devices(guest: Guest) -> list[int]:
    """Return the `struct pci_dev` of each device in the order of the bus; make them at first use."""
    bus, table = guest.address_of("pci_bus_type"), guest.table("pci")
    for there in guest.hardware.pci if not table else ():
        row = new(guest, "pci_dev")
        row.dev.fwnode = guest.address_of("the ACPI companion of a PCI device")  # each has one, and it is not here
        _fill(guest, row, there)
        row.bus = guest.address_of("the PCI bus 0000:00")
        devices.initialize(guest, row.dev.address())
        row.dev.bus = bus
        kobjects.set_name(guest, row.dev.address(), there.slot.encode())
        table[there.slot] = row.address()
    return list(table.values())


def hardware(guest: Guest, address: int) -> PciDevice:
    """Return what the machine has at a `struct pci_dev`."""
    slot = next((slot for slot, at in guest.table("pci").items() if at == address), None)
    there = next((there for there in guest.hardware.pci if there.slot == slot), None)
    if there is None:
        raise Needs("a PCI device that is none of the machine's")
    return there


@function("int pci_dev_present(const struct pci_device_id *ids)")
def pci_dev_present(guest: Guest, table: int) -> bool:
    """Return whether a device of a table of ids is in the machine."""
    return any(fits(row, device) for row in ids(guest, table) for device in guest.hardware.pci)


def _after(guest: Guest, previous: int) -> Iterator[int]:
    found = all_devices(guest)
    return iter(found[found.index(previous) + 1 :] if previous else found)


def _next(guest: Guest, previous: int, *wanted: int) -> int:
    """Return the next device after another one whose vendor, device and subsystem are those wanted; 0 for none."""
    for address in _after(guest, previous):
        row = view(guest, "pci_dev", address)
        there = (row.vendor, row.device, row.subsystem_vendor, row.subsystem_device)
        if all(want in (_ANY, has) for want, has in zip(wanted, there, strict=False)):
            return address
    return 0


@function("struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from)")
def pci_get_device(guest: Guest, vendor: int, device: int, start: int) -> int:
    """Return the next device of an id after `from`, or 0 if the machine has none."""
    return _next(guest, start, vendor, device)


@function(
    "struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,"
    " unsigned int ss_device, struct pci_dev *from)"
)
def pci_get_subsys(guest: Guest, vendor: int, device: int, subvendor: int, subdevice: int, start: int) -> int:
    """Return the next device of an id and a subsystem after `from`, or 0 if the machine has none."""
    return _next(guest, start, vendor, device, subvendor, subdevice)


@function("struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from)")
def pci_get_class(guest: Guest, code: int, start: int) -> int:
    """Return the next device of a class after `from`; 0 if there is none."""
    return next((at for at in _after(guest, start) if getattr(view(guest, "pci_dev", at), "class") == code), 0)
