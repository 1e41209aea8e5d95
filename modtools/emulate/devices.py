"""Devices, drivers and the buses where they meet.

From Linux 6.1: `drivers/base/core.c`, `drivers/base/bus.c`, `drivers/base/dd.c`, `drivers/base/devres.c`. Tables:
`buses`: address of the bus_type -> {"name", "devices", "drivers"}, lists of addresses; `classes`: address of the class
-> {"name", "devices", "interfaces"}; `devres`: address of the device -> [[data, release, size, name], ...].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modtools.emulate import kobjects
from modtools.emulate.stops import Needs
from modtools.emulate.structs import View, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EINVAL, ENODEV, ENXIO, EPROBE_DEFER

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

ADD, DELETE, REMOVED, BIND, BOUND, UNBIND, UNBOUND, NOT_BOUND = range(1, 9)
"""What a bus tells its notifiers, `include/linux/device/bus.h: enum bus_notifier_event`; earlier BUS_NOTIFY_*."""


def device(guest: Guest, address: int) -> View:
    """A device in memory."""
    return view(guest, "device", address)


def bus_row(guest: Guest, bus: int) -> dict[str, Any]:
    """What is known of a bus; the built-in ones have no devices that a module's driver could want unless it says so."""
    table = guest.table("buses")
    if bus not in table:
        table[bus] = {"name": guest.text(view(guest, "bus_type", bus).name), "devices": [], "drivers": []}
    row: dict[str, Any] = table[bus]
    return row


def class_row(guest: Guest, cls: int) -> dict[str, Any]:
    """What is known of a class."""
    table = guest.table("classes")
    if cls not in table:
        table[cls] = {"name": guest.text(view(guest, "class", cls).name), "devices": [], "interfaces": []}
    row: dict[str, Any] = table[cls]
    return row


def driver_name(guest: Guest, dev: View) -> str:
    """`dev_driver_string()`: the driver's name, or the bus's, or the class's."""
    for address, kind in ((dev.driver, "device_driver"), (dev.bus, "bus_type"), (getattr(dev, "class"), "class")):
        if address:
            name = view(guest, kind, address).name
            return guest.text(name) if name else ""
    return ""


def name(guest: Guest, address: int) -> str:
    """`dev_name()`."""
    init_name = device(guest, address).init_name
    return guest.text(init_name) if init_name else kobjects.name(guest, address)


def initialize(guest: Guest, address: int) -> None:
    """`device_initialize()`."""
    from modtools.emulate.functions.locks import mutex_init

    dev = device(guest, address)
    dev.kobj.kset = kobjects.root_kset(guest, "devices_kset")
    kobjects.init(guest, address, guest.address_of("device_ktype"))
    links = dev.links
    heads = [dev.address("dma_pools"), dev.address("devres_head")]
    heads += [links.address(field) for field in ("suppliers", "consumers", "defer_sync")]
    for head in heads:
        guest.memory.put(head, head, 8)
        guest.memory.put(head + 8, head, 8)
    mutex_init(guest, dev.address("mutex"), 0, 0)
    dev.numa_node = -1
    _initialize_power(guest, dev.power)


def _initialize_power(guest: Guest, power: View) -> None:
    """`device_pm_init()`, `pm_runtime_init()`: suspended, runtime power management off (disable depth 1)."""
    power.disable_depth = 1
    power.runtime_status = 2
    power.request = 0
    for field in ("entry",):
        head = power.address(field)
        guest.memory.put(head, head, 8)
        guest.memory.put(head + 8, head, 8)


def _glue(guest: Guest, parent: int, cls: int) -> int:
    """The folder of a class between a device and its parent."""
    table = guest.table("glue")
    key = (parent, cls)
    if key not in table:
        table[key] = kobjects.create(guest, class_row(guest, cls)["name"].encode(), parent)
    return int(table[key])


def _folder(guest: Guest, dev: View) -> int:
    """`get_device_parent()`."""
    cls, parent = getattr(dev, "class"), dev.parent
    if not cls:
        return int(parent)
    if not parent:
        return _glue(guest, kobjects.root(guest, "virtual_kobj"), cls)
    if getattr(device(guest, parent), "class"):
        return int(parent)
    return _glue(guest, parent, cls)


def add(guest: Guest, address: int) -> int:
    """`device_add()`."""
    dev = device(guest, address)
    if not dev.p:
        dev.p = guest.heap.kmalloc(256)
    if dev.init_name:
        kobjects.set_name(guest, address, guest.memory.text(dev.init_name))
        dev.init_name = 0
    if not dev.kobj.name and dev.bus and view(guest, "bus_type", dev.bus).dev_name:
        prefix = guest.text(view(guest, "bus_type", dev.bus).dev_name)
        kobjects.set_name(guest, address, f"{prefix}{dev.id}".encode())
    if not dev.kobj.name:
        return -EINVAL
    kobjects.get(guest, dev.parent)
    dev.kobj.parent = _folder(guest, dev)
    kobjects.add(guest, address)
    _groups(guest, dev, adding=True)
    _enter(guest, dev, address)
    return 0


def _enter(guest: Guest, dev: View, address: int) -> None:
    if dev.bus:
        bus_row(guest, dev.bus)["devices"].append(address)
        notify(guest, dev.bus, ADD, address)
        probe(guest, address)
    if dev.parent:
        guest.table("children").setdefault(dev.parent, []).append(address)
    cls = getattr(dev, "class")
    if cls:
        row = class_row(guest, cls)
        row["devices"].append(address)
        for interface in row["interfaces"]:
            added = view(guest, "class_interface", interface).add_dev
            if added:
                guest.call(added, address, interface)


def _group_tables(guest: Guest, dev: View) -> list[int]:
    """`device_add_attrs()`: of the class, the type, the device, and the bus."""
    cls, kind = getattr(dev, "class"), dev.type
    found = [view(guest, "class", cls).dev_groups] if cls else []
    found += [view(guest, "device_type", kind).groups] if kind else []
    found.append(dev.groups)
    found += [view(guest, "bus_type", dev.bus).dev_groups] if dev.bus else []
    return [int(groups) for groups in found if groups]


def _groups(guest: Guest, dev: View, *, adding: bool) -> None:
    from modtools.emulate.functions.sysfs import sysfs_create_groups, sysfs_remove_groups

    for groups in _group_tables(guest, dev):
        (sysfs_create_groups if adding else sysfs_remove_groups)(guest, dev.address(), groups)


def remove(guest: Guest, address: int) -> None:
    """`device_del()`."""
    dev = device(guest, address)
    cls, parent, folder = getattr(dev, "class"), dev.parent, dev.kobj.parent
    if dev.bus:
        notify(guest, dev.bus, DELETE, address)
    if parent:
        children = guest.table("children").get(parent, [])
        if address in children:
            children.remove(address)
    if cls:
        row = class_row(guest, cls)
        for interface in row["interfaces"]:
            removed = view(guest, "class_interface", interface).remove_dev
            if removed:
                guest.call(removed, address, interface)
        if address in row["devices"]:
            row["devices"].remove(address)
    if dev.bus:
        devices = bus_row(guest, dev.bus)["devices"]
        if address in devices:
            devices.remove(address)
        release_driver(guest, address)
        notify(guest, dev.bus, REMOVED, address)
    _groups(guest, dev, adding=False)
    kobjects.delete(guest, address)
    _clean_glue(guest, folder)
    kobjects.put(guest, parent)


def _clean_glue(guest: Guest, folder: int) -> None:
    """A class's folder goes with the last device in it."""
    table = guest.table("glue")
    key = next((key for key, address in table.items() if address == folder), None)
    if key is not None and not any(place[0] == folder for place in guest.table("sysfs")):
        del table[key]
        kobjects.delete(guest, folder)
        kobjects.put(guest, folder)


def unregister(guest: Guest, address: int) -> None:
    """`device_unregister()`."""
    remove(guest, address)
    kobjects.put(guest, address)


def notify(guest: Guest, bus: int, event: int, address: int) -> None:
    """Tell a bus's notifiers."""
    for block in list(bus_row(guest, bus).get("notifiers", [])):
        guest.call(guest.memory.u64(block), block, event, address)


# Binding.


def matches(guest: Guest, bus: int, address: int, driver: int) -> bool:
    """Whether the bus says that they fit."""
    match = view(guest, "bus_type", bus).match
    found = guest.call_signed(match, address, driver) if match else 1
    if found == -EPROBE_DEFER:
        raise Needs("deferred probing")
    return found > 0


def probe(guest: Guest, address: int) -> bool:
    """`bus_probe_device()`: the first driver that takes the device."""
    dev = device(guest, address)
    if dev.driver:
        return True
    for driver in list(bus_row(guest, dev.bus)["drivers"]):
        if matches(guest, dev.bus, address, driver) and bind(guest, address, driver) == 0:
            return True
    return False


def attach(guest: Guest, driver: int) -> None:
    """`driver_attach()`: all devices that are free."""
    bus = view(guest, "device_driver", driver).bus
    for address in list(bus_row(guest, bus)["devices"]):
        if matches(guest, bus, address, driver) and not device(guest, address).driver:
            bind(guest, address, driver)


def bind(guest: Guest, address: int, driver: int) -> int:
    """`really_probe()`."""
    dev, drv = device(guest, address), view(guest, "device_driver", driver)
    bus = view(guest, "bus_type", dev.bus)
    dev.driver = driver
    notify(guest, dev.bus, BIND, address)
    result = guest.call_signed(bus.dma_configure, address) if bus.dma_configure else 0
    if not result and (bus.probe or drv.probe):
        result = guest.call_signed(bus.probe or drv.probe, address)
    if result:
        _failed(guest, dev, result)
        return result
    bound(guest, address)
    return 0


def bound(guest: Guest, address: int) -> None:
    """`driver_bound()`."""
    dev = device(guest, address)
    groups = view(guest, "device_driver", dev.driver).dev_groups
    if groups:
        from modtools.emulate.functions.sysfs import sysfs_create_groups

        sysfs_create_groups(guest, address, groups)
    if dev.bus:
        notify(guest, dev.bus, BOUND, address)


def _failed(guest: Guest, dev: View, result: int) -> None:
    if result == -EPROBE_DEFER:
        raise Needs("deferred probing")
    driver = guest.text(view(guest, "device_driver", dev.driver).name)
    notify(guest, dev.bus, NOT_BOUND, dev.address())
    _unbind(guest, dev)
    if result not in (-ENODEV, -ENXIO):
        guest.printk(WARNING, f"{driver}: probe of {name(guest, dev.address())} failed with error {result}")


def _unbind(guest: Guest, dev: View) -> None:
    """`device_unbind_cleanup()`."""
    bus = view(guest, "bus_type", dev.bus)
    if bus.dma_cleanup:
        guest.call(bus.dma_cleanup, dev.address())
    release_resources(guest, dev.address())
    dev.driver = dev.driver_data = 0


def release_driver(guest: Guest, address: int) -> None:
    """`device_release_driver()`."""
    dev = device(guest, address)
    if not dev.driver:
        return
    drv, bus = view(guest, "device_driver", dev.driver), view(guest, "bus_type", dev.bus)
    notify(guest, dev.bus, UNBIND, address)
    if drv.dev_groups:
        from modtools.emulate.functions.sysfs import sysfs_remove_groups

        sysfs_remove_groups(guest, address, drv.dev_groups)
    if bus.remove or drv.remove:
        guest.call(bus.remove or drv.remove, address)
    _unbind(guest, dev)
    notify(guest, dev.bus, UNBOUND, address)


def resources(guest: Guest, address: int) -> list[list[Any]]:
    """What is to be released with a device or its driver, oldest first."""
    rows: list[list[Any]] = guest.table("devres").setdefault(address, [])
    return rows


def release_resources(guest: Guest, address: int) -> None:
    """`devres_release_all()`, newest first."""
    rows = guest.table("devres").pop(address, [])
    for data, release, *_ in reversed(rows):
        if release:
            guest.call(release, address, data)
        guest.heap.free(data)
