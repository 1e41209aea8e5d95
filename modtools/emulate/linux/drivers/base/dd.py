"""drivers/base/dd.c: Binding devices and drivers."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import binding, records
from modtools.emulate.symbols.registry import function


@function("int driver_attach(struct device_driver *drv)")
def driver_attach(guest: Guest, driver: int) -> int:
    """Try a driver on all devices of its bus; return 0."""
    binding.attach(guest, driver)
    return 0


@function("int device_attach(struct device *dev)")
def device_attach(guest: Guest, device: int) -> int:
    """Try the drivers of its bus on a device; return 1 if one was bound."""
    return int(binding.probe(guest, device))


@function("void device_release_driver(struct device *dev)")
def device_release_driver(guest: Guest, device: int) -> None:
    """Unbind a device from its driver, if it has one."""
    binding.release_driver(guest, device)


@function("int device_bind_driver(struct device *dev)")
def device_bind_driver(guest: Guest, device: int) -> int:
    """Bind the driver that is noted in the device, without probing; return 0."""
    bus = records.device(guest, device).bus
    if bus:
        records.notify(guest, bus, records.BIND, device)
    binding.bound(guest, device)
    return 0
