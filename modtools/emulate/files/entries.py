"""What modules have made under /proc, /sys and /dev, by the folder's path.

The tables: `proc` (objects/procfs.py), `debugfs` (objects/debugfs.py), `sysfs` and `kobject_roots`
(objects/kobjects.py), `cdevs` (linux/fs/char_dev.py), `misc_minors` (linux/drivers/char/misc.py). /dev has every device
with a number, as devtmpfs does, and each number under char/.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from modtools.emulate.files import sysctlfiles
from modtools.emulate.objects import busfiles, debugfs, disks, kobjects, ownfiles, procfs, sysfs
from modtools.emulate.symbols.structs import offset_of, view
from modtools.kernel.files.mounts import mounted
from modtools.kernel.runner import FileEntry
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_DEBUG = "/sys/kernel/debug"
_PLAIN = 0o600
"""The permissions of a node of which nobody says anything."""
_KINDS = {"dir": stat.S_IFDIR, "link": stat.S_IFLNK}
"""What an entry of /proc is; anything else is a file."""
_KEYS = {"file": "sys", "bin": "bin"}
"""What a file of /sys is read and written by, `fileops`."""


def entries(guest: Guest, path: str) -> dict[str, FileEntry]:
    """Return the names that modules have put into a folder, with what each is."""
    if path == _DEBUG or path.startswith(f"{_DEBUG}/"):
        return _debug(guest, path.split("/")[4:])
    _, top, *parts = path.split("/")
    if parts[:1] == ["sys"] and top == "proc":
        return sysctlfiles.entries(guest, parts[1:])
    return {"proc": _proc, "sys": _sys, "dev": _dev}[top](guest, parts)


def _proc(guest: Guest, parts: list[str]) -> dict[str, FileEntry]:
    table, parent = guest.table("proc"), procfs.find(guest, parts)
    return {
        row["name"]: FileEntry(
            _KINDS.get(row["kind"], stat.S_IFREG) | row["mode"], ("proc", at, 0), row["target"], *_own(row)
        )
        for at, row in table.items()
        if row["parent"] == parent
    }


def _own(row: dict[str, Any]) -> tuple[int, int, int]:
    """Return size, user and group of an entry of /proc."""
    return row.get("bytes", 0), row.get("user", 0), row.get("group", 0)


def _roots(guest: Guest, parent: str) -> dict[str, int]:
    """Return the kernel's own folders that lie in one of them, as far as they are used."""
    created = guest.table("kobject_roots").items()
    return {kobjects.ROOTS[key][0]: int(address) for key, address in created if kobjects.ROOTS[key][1] == parent}


def _sys(guest: Guest, parts: list[str]) -> dict[str, FileEntry]:
    if parts[:1] == ["module"] and len(parts) > 1:
        return _module(guest, parts[1], parts[2:])
    table = guest.table("sysfs")
    folder, prefix = 0, ""
    for part in parts:
        inner = _roots(guest, _root_name(guest, folder)) if not prefix else {}
        what, address = table.get((folder, prefix + part), ("dir", inner.get(part, -1)))
        if what == "group":
            prefix += f"{part}/"
        else:
            folder, prefix = address, ""
    names = (
        {} if prefix else {name: FileEntry(stat.S_IFDIR | 0o755) for name in _roots(guest, _root_name(guest, folder))}
    )
    for (where, text), (what, address) in table.items():
        name = text.removeprefix(prefix)
        if where == folder and text.startswith(prefix) and name and "/" not in name:
            names[name] = _entry(guest, folder, "/".join(parts), what, address)
    if parts == ["kernel"]:
        names["debug"] = FileEntry(stat.S_IFDIR | 0o700)
    return names


def _module(guest: Guest, name: str, parts: list[str]) -> dict[str, FileEntry]:
    """Return what the folder of a module has besides the kernel's own files: the drivers that it has registered."""
    module = guest.images.get(name)
    found = busfiles.drivers_of(guest, module.symbol("__this_module")) if module else []
    if parts == ["drivers"]:
        folder = f"/module/{name}/drivers"
        links = ((text, sysfs.target(folder, sysfs.path(guest, own))) for text, own in found)
        return {text: FileEntry(stat.S_IFLNK | 0o777, target=target) for text, target in links}
    return {"drivers": FileEntry(stat.S_IFDIR | 0o755)} if found and not parts else {}


def _debug(guest: Guest, parts: list[str]) -> dict[str, FileEntry]:
    """Return the files of a folder of debugfs; none unless that is mounted."""
    table, folder = guest.table("debugfs"), 0
    if _DEBUG not in mounted(guest.kernel):
        return {}
    for part in parts:
        folder = debugfs.lookup(guest, folder, part) or -1
    return {row["name"]: _debug_entry(at, row) for at, row in table.items() if row["parent"] == folder}


def _debug_entry(address: int, row: dict[str, Any]) -> FileEntry:
    kind = {"dir": stat.S_IFDIR, "link": stat.S_IFLNK}.get(row["kind"], stat.S_IFREG)
    return FileEntry(kind | row["mode"], ("debug" if row["kind"] == "file" else "value", address, 0), row["target"])


def _root_name(guest: Guest, folder: int) -> str:
    """Return the key of one of the kernel's own folders; "" for /sys itself, and what is no key for all others."""
    if not folder:
        return ""
    return next((key for key, address in guest.table("kobject_roots").items() if address == folder), "-")


def _path_of(guest: Guest, address: int) -> str:
    """Return the path below /sys of a kobject, which may be that of a module."""
    module = guest.module_at(address - offset_of(guest, "module", "mkobj"))
    return sysfs.path(guest, address) if module is None or sysfs.name(guest, address) else f"/module/{module.name}"


def _entry(guest: Guest, folder: int, path: str, what: str, address: int) -> FileEntry:
    if what in ("dir", "group"):
        return FileEntry(stat.S_IFDIR | 0o755)
    if what == "link":
        return FileEntry(stat.S_IFLNK | 0o777, target=sysfs.target(f"/{path}", _path_of(guest, address)))
    if what == "module":
        module = guest.module_at(address)
        name = "" if module is None else module.name
        return FileEntry(stat.S_IFLNK | 0o777, target=sysfs.target(f"/{path}", f"/module/{name}"))
    if what == "own":
        return FileEntry(stat.S_IFREG | ownfiles.mode(address), ("own", folder, address), size=PAGE)
    size = view(guest, "bin_attribute", address).size if what == "bin" else PAGE
    return FileEntry(
        stat.S_IFREG | view(guest, "attribute", address).mode & 0o777, (_KEYS[what], folder, address), size=size
    )


def _dev(guest: Guest, parts: list[str]) -> dict[str, FileEntry]:
    prefix = "".join(f"{part}/" for part in parts)
    names: dict[str, FileEntry] = {}
    for path, number, mode in _devices(guest):
        name, inside, _ = path.removeprefix(prefix).partition("/")
        if path.startswith(prefix) and name:
            kind = stat.S_IFDIR | 0o755 if inside else stat.S_IFCHR | mode
            names[name] = FileEntry(kind, ("dev", number, 0), number=0 if inside else number)
    for disk in guest.table("disks") if not prefix else ():
        names[disks.name(guest, disk)] = FileEntry(
            stat.S_IFBLK | 0o600, ("disk", disk, 0), number=disks.number(guest, disk)
        )
    return names


def device_name(guest: Guest, number: int) -> str:
    """Return the path of a device below /dev; "" if it has none."""
    return next((path for path, own, _ in _devices(guest) if own == number), "")


def _devices(guest: Guest) -> Iterator[tuple[str, int, int]]:
    """Yield the path below /dev, the number and the permissions of each device."""
    known = guest.table("devnodes")
    for address, (path, mode) in known.items():
        yield path, guest.memory.u32(address + offset_of(guest, "device", "devt")), mode or _PLAIN
    ktype, at = guest.table("variables").get("device_ktype"), offset_of(guest, "device", "devt")
    misc = {minor: address for minor, address in guest.table("misc_minors").items() if address}
    for what, address in list(guest.table("sysfs").values()):
        if what == "dir" and address and address not in known and sysfs.kobject(guest, address).ktype == ktype:
            number = guest.memory.u32(address + at)
            own = misc.get(number & 0xFFFFF) if number >> 20 == 10 else None
            mode = view(guest, "miscdevice", own).mode if own else 0
            if number:
                yield sysfs.name(guest, address).replace("!", "/"), number, mode & 0o777 or _PLAIN
    for number in guest.table("cdevs"):
        yield f"char/{number >> 20}:{number & 0xFFFFF}", number, _PLAIN
