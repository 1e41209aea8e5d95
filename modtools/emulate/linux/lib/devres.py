"""lib/devres.c: Mappings that are taken away with a device's resources."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.mm import ioremap
from modtools.emulate.linux.drivers.base import devres
from modtools.emulate.objects.binding import resources
from modtools.emulate.symbols.registry import function


@function(
    "void *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)",
    "void *devm_ioremap_uc(struct device *dev, resource_size_t offset, resource_size_t size)",
    "void *devm_ioremap_wc(struct device *dev, resource_size_t offset, resource_size_t size)",
)
def devm_ioremap(guest: Guest, device: int, physical: int, size: int) -> int:
    """Map memory as ioremap() does, until the device's resources are released."""
    address = int(ioremap.ioremap(guest, physical, size))
    if address:
        devres.keep(guest, device, "devm_ioremap_release", address)
    return address


@function("void devm_ioremap_release(struct device *dev, void *res)")
def devm_ioremap_release(guest: Guest, _device: int, record: int) -> None:
    """Take the mapping of one of a device's resources away."""
    ioremap.iounmap(guest, guest.memory.u64(record))


@function("void devm_iounmap(struct device *dev, void *addr)")
def devm_iounmap(guest: Guest, device: int, address: int) -> None:
    """Take a mapping away before the device's resources are released."""
    release = guest.address_of("devm_ioremap_release")
    for row in list(resources(guest, device)):
        if row[1] == release and guest.memory.u64(row[0]) == address:
            resources(guest, device).remove(row)
            ioremap.iounmap(guest, address)
