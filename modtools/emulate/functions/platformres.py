"""Resources of platform devices: memory, ports, interrupts.

From Linux 6.1: `drivers/base/platform.c`, `kernel/resource.c: insert_resource()`. What modules' devices claim stands in
the table `platform_claims`: address of the `struct resource` -> [parent, first, last].
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.builtin import LEGACY_INTERRUPTS
from modtools.emulate.functions import devprintk
from modtools.emulate.guest import Guest
from modtools.emulate.pointers import pointer
from modtools.emulate.registry import function
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, size_of, view
from modtools.emulate.vsprintf import Spec
from modtools.integers import MASK64
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL, ENXIO

_TYPE, _PORTS, _MEMORY, _INTERRUPT = 0x1F00, 0x100, 0x200, 0x400
_TRIGGER = 0xFF
_FREE_MEMORY = (0x40000000, 0xFD000000)
"""Where the machine's map has nothing but the PCI bus: behind its memory, below its devices."""


def rows(guest: Guest, address: int) -> Iterator[View]:
    """Yield the resources of a platform device."""
    pdev = view(guest, "platform_device", address)
    for number in range(pdev.num_resources):
        yield view(guest, "resource", pdev.resource + number * size_of("resource"))


def _conflict(guest: Guest, parent: int, row: View) -> bool:
    """Return whether a range crosses the border of another one; within it, or around it, is fine."""
    start, end = row.start, row.end
    if row.flags & _TYPE == _MEMORY and not _FREE_MEMORY[0] <= start <= end < _FREE_MEMORY[1]:
        raise Needs("the memory map of the machine")
    known = [(first, last) for above, first, last in guest.table("platform_claims").values() if above == parent]
    known += [(first, last) for above, first, last in guest.table("regions") if above == parent]
    if row.flags & _TYPE == _PORTS:
        known += [(there.first, there.last) for there in guest.machine.ports]
    return any(
        first <= end and start <= last and not (first <= start <= end <= last or start <= first <= last <= end)
        for first, last in known
    )


def claim(guest: Guest, address: int, name: int) -> int:
    """Claim all resources of a device; return 0, or -EBUSY after the kernel's message about the first that is not
    free.
    """
    parents = {_MEMORY: "iomem_resource", _PORTS: "ioport_resource"}
    for number, row in enumerate(rows(guest, address)):
        row.name = row.name or name
        kind = row.flags & _TYPE
        if row.parent:
            raise Needs("a platform device with a resource of its own parent")
        if kind not in parents:
            continue
        parent = guest.address_of(parents[kind])
        if row.end < row.start or row.end > view(guest, "resource", parent).end or _conflict(guest, parent, row):
            said = pointer(guest, row.address(), b"R", Spec()).decode("utf-8", "surrogateescape")
            device = view(guest, "platform_device", address).dev.address()
            guest.log(
                ERR,
                devprintk.text(
                    guest, device, f"failed to claim resource {number}: {said}\n".encode("utf-8", "surrogateescape")
                ),
            )
            release(guest, address)
            return -EBUSY
        guest.table("platform_claims")[row.address()] = [parent, row.start, row.end]
        row.parent = parent
    return 0


def release(guest: Guest, address: int) -> None:
    """Give back the resources that `claim()` took."""
    for row in rows(guest, address):
        if guest.table("platform_claims").pop(row.address(), None):
            row.parent = 0


def find(guest: Guest, address: int, kind: int, number: int) -> View | None:
    """Return the resource of a kind with this number, or None."""
    fitting = [row for row in rows(guest, address) if row.flags & _TYPE == kind]
    return fitting[number] if number < len(fitting) else None


@function("struct resource *platform_get_resource(struct platform_device *dev, unsigned int type, unsigned int num)")
def platform_get_resource(guest: Guest, address: int, kind: int, number: int) -> int:
    """`drivers/base/platform.c`: Return the resource of a kind with this number; NULL if there is none."""
    row = find(guest, address, kind, number)
    return row.address() if row else 0


def _named(guest: Guest, address: int, kind: int, name: int) -> View | None:
    wanted = guest.text(name)
    found = (row for row in rows(guest, address) if row.flags & _TYPE == kind and row.name)
    return next((row for row in found if guest.text(row.name) == wanted), None)


@function(
    "struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type, const char *name)"
)
def platform_get_resource_byname(guest: Guest, address: int, kind: int, name: int) -> int:
    """`drivers/base/platform.c`: Return the resource of a kind with this name; NULL if there is none."""
    row = _named(guest, address, kind, name)
    return row.address() if row else 0


def _interrupt(row: View | None) -> int:
    """Return the number of an interrupt, or -ENXIO."""
    if row is None:
        return -ENXIO
    if row.flags & _TRIGGER and row.start not in LEGACY_INTERRUPTS:
        return -ENXIO
    if row.flags & _TRIGGER:
        raise Needs("setting how an interrupt is triggered")
    if not row.start:
        raise Needs("the warning about interrupt 0")
    return int(row.start)


@function("int platform_get_irq_optional(struct platform_device *dev, unsigned int num)")
def platform_get_irq_optional(guest: Guest, address: int, number: int) -> int:
    """`drivers/base/platform.c`: Return the number of a device's interrupt as `platform_get_irq()`, without the error
    message.
    """
    return _interrupt(find(guest, address, _INTERRUPT, number))


@function("int platform_get_irq_byname_optional(struct platform_device *dev, const char *name)")
def platform_get_irq_byname_optional(guest: Guest, address: int, name: int) -> int:
    """`drivers/base/platform.c`: Return the number of the interrupt of a name as `platform_get_irq_byname()`, without
    the error message.
    """
    return _interrupt(_named(guest, address, _INTERRUPT, name))


def _log_error(guest: Guest, address: int, error: int, message: str) -> int:
    device = view(guest, "platform_device", address).dev.address()
    name = pointer(guest, error & MASK64, b"e", Spec()).decode("utf-8", "surrogateescape")
    guest.log(ERR, devprintk.text(guest, device, f"error {name}: {message}\n".encode("utf-8", "surrogateescape")))
    return error


@function("int platform_get_irq(struct platform_device *dev, unsigned int num)")
def platform_get_irq(guest: Guest, address: int, number: int) -> int:
    """`drivers/base/platform.c`: Return the number of a device's interrupt; log and return -ENXIO if there is none."""
    found = int(platform_get_irq_optional(guest, address, number))
    return found if found >= 0 else _log_error(guest, address, found, f"IRQ index {number} not found")


@function("int platform_get_irq_byname(struct platform_device *dev, const char *name)")
def platform_get_irq_byname(guest: Guest, address: int, name: int) -> int:
    """`drivers/base/platform.c`: Return the number of the interrupt of a name; log and return
    -ENXIO if there is none.
    """
    found = int(platform_get_irq_byname_optional(guest, address, name))
    return found if found >= 0 else _log_error(guest, address, found, f"IRQ {guest.text(name)} not found")


@function("int platform_irq_count(struct platform_device *dev)")
def platform_irq_count(guest: Guest, address: int) -> int:
    """`drivers/base/platform.c`: Return how many interrupts a device has."""
    count = 0
    while platform_get_irq_optional(guest, address, count) >= 0:
        count += 1
    return count


def copy(guest: Guest, address: int, source: int, count: int) -> None:
    """Give a device a copy of some resources; the ones that it had are not freed."""
    pdev, size = view(guest, "platform_device", address), count * size_of("resource")
    pdev.resource = guest.heap.kmalloc(guest.bounded(size)) if source and size else 0
    if pdev.resource:
        guest.memory.write(pdev.resource, guest.memory.read(source, size))
    pdev.num_resources = count


@function(
    "int platform_device_add_resources(struct platform_device *pdev, const struct resource *res, unsigned int num)"
)
def platform_device_add_resources(guest: Guest, address: int, source: int, count: int) -> int:
    """`drivers/base/platform.c`: Replace a device's resources by a copy, before it is added; return 0, or -EINVAL for
    NULL.
    """
    if not address:
        return -EINVAL
    guest.heap.free(view(guest, "platform_device", address).resource)
    copy(guest, address, source, count)
    return 0
