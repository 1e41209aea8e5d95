"""Devices, drivers and the buses where they meet.

From Linux 6.1: `drivers/base/core.c`, `drivers/base/bus.c`, `drivers/base/class.c`; how they come together is in
`modtools.emulate.objects.binding`. Tables: `buses`: address of the bus_type -> {"name", "devices", "drivers"}, lists of
addresses; `classes`: address of the class -> {"name", "devices", "interfaces"}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import binding, devicefiles, kobjects, listhead, locks, powerfiles, records, sysfs
from modtools.emulate.objects.records import ADD, DELETE, REMOVED, bus_row, class_row
from modtools.emulate.objects.sysfs import add_groups, remove_groups
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.structs import View, view
from modtools.linuxerrno import EEXIST, EINVAL

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def wait_for_devtmpfs(guest: Guest, number: int) -> None:
    """Let others run, before a device is added or removed: one with a number, whose node the thread kdevtmpfs makes
    (`drivers/base/devtmpfs.c: devtmpfs_submit_req()`).
    """
    if number:
        guest.scheduler.pass_on()


def initialize(guest: Guest, address: int) -> None:
    """Do what device_initialize() does: prepare a device with one reference."""
    dev = records.device(guest, address)
    dev.kobj.kset = kobjects.root_kset(guest, "devices_kset")
    kobjects.init(guest, address, guest.address_of("device_ktype"))
    links = dev.links
    heads = [dev.address("dma_pools"), dev.address("devres_head")]
    heads += [links.address(field) for field in ("suppliers", "consumers", "defer_sync")]
    for head in heads:
        listhead.init(guest, head)
    locks.init_mutex(guest, dev.address("mutex"))
    dev.numa_node = -1
    _initialize_power(guest, dev.power)


def _initialize_power(guest: Guest, power: View) -> None:
    """Do what device_pm_init() and pm_runtime_init() do: suspended, runtime power management off (disable depth 1)."""
    power.disable_depth = 1
    power.runtime_status = 2
    power.runtime_auto = 1
    power.request = 0
    listhead.init(guest, power.address("entry"))


def _glue(guest: Guest, parent: int, cls: int) -> int:
    """Return the folder of a class between a device and its parent; make it if it is not there."""
    table = guest.table("glue")
    key = (parent, cls)
    if key not in table:
        table[key] = kobjects.create(guest, class_row(guest, cls)["name"].encode("utf-8", "surrogateescape"), parent)
    return int(table[key])


def _folder(guest: Guest, dev: View) -> int:
    """Return the folder in which a device lies, as get_device_parent() does."""
    cls, parent = getattr(dev, "class"), dev.parent
    if not cls:
        return int(parent)
    if not parent:
        return _glue(guest, kobjects.root(guest, "virtual_kobj"), cls)
    if getattr(records.device(guest, parent), "class"):
        return int(parent)
    return _glue(guest, parent, cls)


def add_root(guest: Guest, address: int, name: bytes) -> None:
    """Add a device without a parent, /sys/devices/NAME: that of a bus, for devices which name no other."""
    initialize(guest, address)
    kobjects.set_name(guest, address, name)
    records.device(guest, address).kobj.parent = 0
    add(guest, address)


def add(guest: Guest, address: int) -> int:
    """Do what device_add() does: enter a device into /sys, its bus and its class; return 0, -EINVAL or -EEXIST."""
    dev = records.device(guest, address)
    if not dev.p:
        dev.p = guest.heap.kmalloc(256)
    if dev.init_name:
        kobjects.set_name(guest, address, guest.memory.text(dev.init_name))
        dev.init_name = 0
    if not dev.kobj.name and dev.bus and view(guest, "bus_type", dev.bus).dev_name:
        prefix = guest.text(view(guest, "bus_type", dev.bus).dev_name)
        kobjects.set_name(guest, address, f"{prefix}{dev.id}".encode("utf-8", "surrogateescape"))
    if not dev.kobj.name:
        return -EINVAL
    kobjects.get(guest, dev.parent)
    folder = dev.kobj.parent = _folder(guest, dev)
    try:
        kobjects.add(guest, address)
    except NameTaken:
        _clean_glue(guest, folder)
        kobjects.put(guest, dev.parent)
        return -EEXIST
    try:
        devicefiles.add(guest, dev)
    except NameTaken:
        _undo_add(guest, dev, folder)
        return -EEXIST
    _groups(guest, dev, adding=True)
    powerfiles.add(guest, dev)
    _join(guest, dev, address)
    return 0


def _undo_add(guest: Guest, dev: View, folder: int) -> None:
    """Take a device out of /sys again, whose number is taken."""
    devicefiles.remove(guest, dev)
    kobjects.delete(guest, dev.address())
    _clean_glue(guest, folder)
    kobjects.put(guest, dev.parent)


def _join(guest: Guest, dev: View, address: int) -> None:
    """Enter a device into the lists of its bus, its parent and its class, each of which has a reference on it."""
    if dev.bus:
        bus_row(guest, dev.bus)["devices"].append(kobjects.get(guest, address))
        _links(guest, dev, adding=True)
        records.notify(guest, dev.bus, ADD, address)
        if bus_row(guest, dev.bus).get("autoprobe", 1):
            binding.probe(guest, address)
    if dev.parent:
        guest.table("children").setdefault(dev.parent, []).append(kobjects.get(guest, address))
    cls = getattr(dev, "class")
    if cls:
        row = class_row(guest, cls)
        row["devices"].append(kobjects.get(guest, address))
        for interface in row["interfaces"]:
            added = view(guest, "class_interface", interface).add_dev
            if added:
                guest.call(added, address, interface)


def _links(guest: Guest, dev: View, *, adding: bool) -> None:
    """Enter a device among those of its bus, or remove it, as bus_add_device() and bus_remove_device() do, where the
    bus is a module's.
    """
    private = records.private(guest, "bus_type", dev.bus)
    if private:
        folder, text = view(guest, "subsys_private", private).devices_kset, records.name(guest, dev.address())
        if adding:
            sysfs.add_name(guest, folder, text, "link", dev.address())
            sysfs.add_name(guest, dev.address(), "subsystem", "link", records.subsystem(guest, "bus_type", dev.bus))
        else:
            sysfs.remove_name(guest, folder, text)
            sysfs.remove_name(guest, dev.address(), "subsystem")


def _group_tables(guest: Guest, dev: View) -> list[int]:
    """Return the groups of files of the device's class, type, itself and its bus, as device_add_attrs() takes them."""
    cls, kind = getattr(dev, "class"), dev.type
    found = [view(guest, "class", cls).dev_groups] if cls else []
    found += [view(guest, "device_type", kind).groups] if kind else []
    found.append(dev.groups)
    found += [view(guest, "bus_type", dev.bus).dev_groups] if dev.bus else []
    return [int(groups) for groups in found if groups]


def _groups(guest: Guest, dev: View, *, adding: bool) -> None:
    for groups in _group_tables(guest, dev):
        (add_groups if adding else remove_groups)(guest, dev.address(), groups)


def remove(guest: Guest, address: int) -> None:
    """Do what device_del() does: take a device from its driver, its bus, its class and /sys."""
    dev = records.device(guest, address)
    cls, parent, folder = getattr(dev, "class"), dev.parent, dev.kobj.parent
    if dev.bus:
        records.notify(guest, dev.bus, DELETE, address)
    if parent:
        children = guest.table("children").get(parent, [])
        if address in children:
            _leave(guest, children, address)
    if cls:
        row = class_row(guest, cls)
        for interface in row["interfaces"]:
            removed = view(guest, "class_interface", interface).remove_dev
            if removed:
                guest.call(removed, address, interface)
        if address in row["devices"]:
            _leave(guest, row["devices"], address)
    if dev.bus:
        devices = bus_row(guest, dev.bus)["devices"]
        if address in devices:
            _leave(guest, devices, address)
        _links(guest, dev, adding=False)
        binding.release_driver(guest, address)
        records.notify(guest, dev.bus, REMOVED, address)
    powerfiles.remove(guest, dev)
    _groups(guest, dev, adding=False)
    devicefiles.remove(guest, dev)
    binding.release_resources(guest, address)
    kobjects.delete(guest, address)
    _clean_glue(guest, folder)
    kobjects.put(guest, parent)


def _leave(guest: Guest, members: list[int], address: int) -> None:
    """Take a device out of a list that has a reference on it."""
    members.remove(address)
    kobjects.put(guest, address)


def _clean_glue(guest: Guest, folder: int) -> None:
    """Remove a class's folder between a device and its parent, if nothing is in it."""
    table = guest.table("glue")
    key = next((key for key, address in table.items() if address == folder), None)
    if key is not None and not any(place[0] == folder for place in guest.table("sysfs")):
        del table[key]
        kobjects.delete(guest, folder)
        kobjects.put(guest, folder)


def unregister(guest: Guest, address: int) -> None:
    """Do what device_unregister() does: remove a device and drop a reference."""
    remove(guest, address)
    kobjects.put(guest, address)
