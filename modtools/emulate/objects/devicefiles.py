"""What the kernel itself puts into a device's folder, and the device's node in /dev.

From Linux 6.1: `drivers/base/core.c: device_add(), device_add_class_symlinks(), dev_uevent(), uevent_show(),
device_get_devnode()`, `drivers/base/devtmpfs.c`, `drivers/char/misc.c: misc_devnode()`. The table `devnodes` has what
lies in /dev: address of the device -> [path, permissions], 0 for those that a node has of which nobody says anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.objects import sysfs
from modtools.emulate.objects.records import device, name, subsystem
from modtools.emulate.symbols.structs import View, new, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FILES = ("uevent", "dev")


def add(guest: Guest, dev: View) -> None:
    """Make the kernel's own files, links and device node of a device that is added, before its groups."""
    address = dev.address()
    sysfs.add_name(guest, address, "uevent", "own", sysfs.own("uevent"))
    folder = _class_folder(guest, dev)
    if folder:
        sysfs.add_name(guest, address, "subsystem", "link", folder)
        sysfs.add_name(guest, folder, sysfs.name(guest, address), "link", address)
        if dev.parent:
            sysfs.add_name(guest, address, "device", "link", dev.parent)
    if dev.devt >> 20:
        sysfs.add_name(guest, address, "dev", "own", sysfs.own("dev"))
        _add_number(guest, dev)
        guest.table("devnodes")[address] = list(_node(guest, dev))


def _add_number(guest: Guest, dev: View) -> None:
    """Enter a device under its number. Raises NameTaken for one that is taken (`device_create_sys_dev_entry()`)."""
    kind = "block" if getattr(dev, "class") == guest.table("block_class").get("address", -1) else "char"
    others = (device(guest, other) for other in guest.table("devnodes"))
    if any(other.devt == dev.devt for other in others):
        sysfs.refuse_name(guest, f"/dev/{kind}/{dev.devt >> 20}:{dev.devt & 0xFFFFF}")


def remove(guest: Guest, dev: View) -> None:
    """Remove the kernel's own files, links and device node of a device."""
    address, folder = dev.address(), _class_folder(guest, dev)
    guest.table("devnodes").pop(address, None)
    if folder:
        sysfs.remove_name(guest, folder, sysfs.name(guest, address))
        for text in ("subsystem", "device"):
            sysfs.remove_name(guest, address, text)
    for text in _FILES:
        sysfs.remove_name(guest, address, text)


def _class_folder(guest: Guest, dev: View) -> int:
    """Return the folder of the device's class, where a module has made it; 0 for none."""
    cls = getattr(dev, "class")
    return subsystem(guest, "class", cls) if cls else 0


def _node(guest: Guest, dev: View) -> tuple[str, int]:
    """Return the device's path below /dev and the permissions, as device_get_devnode() does."""
    cls, kind = getattr(dev, "class"), dev.type
    path = sysfs.name(guest, dev.address()).replace("!", "/")
    if cls and cls == guest.table("misc_class").get("address"):
        misc = view(guest, "miscdevice", dev.driver_data)
        return guest.text(misc.nodename) if misc.nodename else path, misc.mode & 0o777
    place = guest.heap.kmalloc(24)
    text = 0
    if kind and (call := view(guest, "device_type", kind).devnode):
        text = guest.call(call, dev.address(), place, place + 8, place + 12)
    if not text and cls and (call := view(guest, "class", cls).devnode):
        text = guest.call(call, dev.address(), place)
    permissions = guest.memory.u16(place) & 0o777
    if text:
        path = guest.text(text)
        guest.heap.free(text)
    guest.heap.free(place)
    return path, permissions


def number(guest: Guest, folder: int) -> str:
    """Return the text of a device's file `dev`: its major and minor number."""
    dev = device(guest, folder)
    return f"{dev.devt >> 20}:{dev.devt & 0xFFFFF}\n"


def uevent(guest: Guest, folder: int) -> str:
    """Return the text of a device's file `uevent`."""
    return "".join(f"{line}\n" for line in _variables(guest, device(guest, folder)))


def _variables(guest: Guest, dev: View) -> list[str]:
    """Return the lines of a device's uevent, as dev_uevent() makes them."""
    lines: list[str] = []
    if dev.devt >> 20:
        path, permissions = guest.table("devnodes").get(dev.address(), [name(guest, dev.address()), 0])
        lines += [f"MAJOR={dev.devt >> 20}", f"MINOR={dev.devt & 0xFFFFF}", f"DEVNAME={path}"]
        lines += [f"DEVMODE={permissions:#04o}".replace("0o", "0")] if permissions else []
    if dev.type and view(guest, "device_type", dev.type).name:
        lines.append(f"DEVTYPE={guest.text(view(guest, 'device_type', dev.type).name)}")
    if dev.driver:
        lines.append(f"DRIVER={guest.text(view(guest, 'device_driver', dev.driver).name)}")
    return lines + _added(guest, dev)


def _added(guest: Guest, dev: View) -> list[str]:
    """Return what the uevent functions of the device's bus, class and type add, in this order."""
    environment = new(guest, "kobj_uevent_env")
    cls = getattr(dev, "class")
    calls = [view(guest, "bus_type", dev.bus).uevent] if dev.bus else []
    calls += [view(guest, "class", cls).dev_uevent] if cls else []
    calls += [view(guest, "device_type", dev.type).uevent] if dev.type else []
    for call in calls:
        if call:
            guest.call(call, dev.address(), environment.address())
    first = environment.address("envp")
    lines = [guest.text(guest.memory.u64(first + 8 * at)) for at in range(environment.envp_idx)]
    guest.heap.free(environment.address())
    return lines
