"""How devices and drivers come together and part, and what is given back then.

From Linux 6.1: `drivers/base/dd.c`, `drivers/base/devres.c`. The table `devres`: address of the device -> [[data,
release function], ...], the oldest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate.objects import sysfs
from modtools.emulate.objects.records import BIND, BOUND, NOT_BOUND, UNBIND, UNBOUND, bus_row, device, name, notify
from modtools.emulate.objects.sysfs import add_groups, remove_groups
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.structs import View, view
from modtools.kernel.log import ERR, WARNING
from modtools.linuxerrno import EBUSY, ENODEV, ENXIO, EPROBE_DEFER

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def matches(guest: Guest, bus: int, address: int, driver: int) -> bool:
    """Return whether match() of the bus accepts a device and a driver; without match() every pair fits."""
    match = view(guest, "bus_type", bus).match
    found = guest.call_signed(match, address, driver) if match else 1
    if found == -EPROBE_DEFER:
        raise Needs("deferred probing")
    return found > 0


def probe(guest: Guest, address: int) -> bool:
    """Do what bus_probe_device() does: bind the first driver that fits and takes the device; return whether it has
    one.
    """
    dev = device(guest, address)
    if dev.driver:
        return True
    for driver in list(bus_row(guest, dev.bus)["drivers"]):
        if matches(guest, dev.bus, address, driver) and bind(guest, address, driver) == 0:
            return True
    return False


def attach(guest: Guest, driver: int) -> None:
    """Do what driver_attach() does: bind a driver to all devices of its bus that fit and have none."""
    bus = view(guest, "device_driver", driver).bus
    for address in list(bus_row(guest, bus)["devices"]):
        if matches(guest, bus, address, driver) and not device(guest, address).driver:
            bind(guest, address, driver)


def bind(guest: Guest, address: int, driver: int) -> int:
    """Do what really_probe() does: call probe() and bind the driver; return 0 or its error."""
    dev, drv = device(guest, address), view(guest, "device_driver", driver)
    bus = view(guest, "bus_type", dev.bus)
    dev.driver = driver
    notify(guest, dev.bus, BIND, address)
    _link(guest, dev, drv)
    result = guest.call_signed(bus.dma_configure, address) if bus.dma_configure else 0
    if not result and (bus.probe or drv.probe):
        result = _probe(guest, dev, bus.probe or drv.probe)
    if result:
        notify(guest, dev.bus, NOT_BOUND, address)
        _unbind(guest, dev)
        return result
    bound(guest, address)
    return 0


def bound(guest: Guest, address: int) -> None:
    """Do what driver_bound() does: add the driver's files to the device and tell the bus's notifiers."""
    dev = device(guest, address)
    groups = view(guest, "device_driver", dev.driver).dev_groups
    if groups:
        add_groups(guest, address, groups)
    if dev.bus:
        notify(guest, dev.bus, BOUND, address)


def _probe(guest: Guest, dev: View, probe: int) -> int:
    """Do what call_driver_probe() does: return what probe() returns, and log an error that is not a plain no."""
    result = guest.call_signed(probe, dev.address())
    if result == -EPROBE_DEFER:
        raise Needs("deferred probing")
    if result not in (0, -ENODEV, -ENXIO):
        _tell(guest, dev, result)
    return result


def _tell(guest: Guest, dev: View, error: int) -> None:
    """Log that a probe failed, in the words of the kernel's version."""
    driver, own = guest.text(view(guest, "device_driver", dev.driver).name), name(guest, dev.address())
    if guest.kernel.identity.features.names_probed_device:
        guest.printk(ERR, f"{driver} {own}: probe with driver {driver} failed with error {error}")
    else:
        guest.printk(WARNING, f"{driver}: probe of {own} failed with error {error}")


def _unbind(guest: Guest, dev: View) -> None:
    """Do what device_unbind_cleanup() does: release the device's resources and forget its driver."""
    bus = view(guest, "bus_type", dev.bus)
    if bus.dma_cleanup:
        guest.call(bus.dma_cleanup, dev.address())
    release_resources(guest, dev.address())
    _unlink(guest, dev)
    dev.driver = dev.driver_data = 0


def _link(guest: Guest, dev: View, driver: View) -> None:
    """Let the folders of a device and its driver lead to each other (`driver_sysfs_add()`)."""
    if driver.p:
        folder = view(guest, "driver_private", driver.p).kobj.address()
        sysfs.add_name(guest, folder, sysfs.name(guest, dev.address()), "link", dev.address())
        sysfs.add_name(guest, dev.address(), "driver", "link", folder)


def _unlink(guest: Guest, dev: View) -> None:
    driver = view(guest, "device_driver", dev.driver)
    if driver.p:
        folder = view(guest, "driver_private", driver.p).kobj.address()
        sysfs.remove_name(guest, folder, sysfs.name(guest, dev.address()))
        sysfs.remove_name(guest, dev.address(), "driver")


def attach_one(guest: Guest, address: int, driver: int) -> int:
    """Do what device_driver_attach() does: bind a driver to a device; return 0, its error, or -EBUSY for a device that
    has one.
    """
    return -EBUSY if device(guest, address).driver else bind(guest, address, driver)


def release_driver(guest: Guest, address: int) -> None:
    """Do what device_release_driver() does: call remove() and take the device from its driver."""
    dev = device(guest, address)
    if not dev.driver:
        return
    drv, bus = view(guest, "device_driver", dev.driver), view(guest, "bus_type", dev.bus)
    notify(guest, dev.bus, UNBIND, address)
    if drv.dev_groups:
        remove_groups(guest, address, drv.dev_groups)
    if bus.remove or drv.remove:
        guest.call(bus.remove or drv.remove, address)
    _unbind(guest, dev)
    notify(guest, dev.bus, UNBOUND, address)


def resources(guest: Guest, address: int) -> list[list[Any]]:
    """Return what is released with a device or its driver, as pairs of data and release function, the oldest first."""
    rows: list[list[Any]] = guest.table("devres").setdefault(address, [])
    return rows


def release_resources(guest: Guest, address: int) -> None:
    """Do what devres_release_all() does: release a device's resources, the newest first."""
    rows = guest.table("devres").pop(address, [])
    for data, release, *_ in reversed(rows):
        if release:
            guest.call(release, address, data)
        guest.heap.free(data)
