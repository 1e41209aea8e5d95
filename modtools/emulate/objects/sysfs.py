"""Names under /sys: folders of kobjects, files, groups of files and links.

From Linux 6.1: `fs/sysfs/dir.c`, `fs/sysfs/file.c`, `fs/sysfs/group.c`. The table `sysfs` has what stands in each
folder: (address of the folder's kobject, name) -> [what, address].
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from modtools.emulate.cpu.oops import report_kernel_warning, report_stack
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.structs import View, view
from modtools.kernel.log import WARNING
from modtools.linuxerrno import EEXIST, EINVAL, ENOENT

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


OWN = (
    "uevent",
    "dev",
    "bus uevent",
    "drivers_autoprobe",
    "drivers_probe",
    "driver uevent",
    "bind",
    "unbind",
    "modalias",
    "driver_override",
    "power/autosuspend_delay_ms",
    "power/async",
    "power/control",
    "power/runtime_active_kids",
    "power/runtime_active_time",
    "power/runtime_enabled",
    "power/runtime_status",
    "power/runtime_suspended_time",
    "power/runtime_usage",
)
"""The kernel's own files (`ownfiles`), whose numbers are stored: new ones come last."""


def own(name: str) -> int:
    """Return the number of one of the kernel's own files."""
    return OWN.index(name)


def kobject(guest: Guest, address: int) -> View:
    """Return the `struct kobject` at an address."""
    return view(guest, "kobject", address)


def name(guest: Guest, address: int) -> str:
    """Return a kobject's name; "" if it has none."""
    text = kobject(guest, address).name
    return guest.text(text) if text else ""


def add_name(guest: Guest, folder: int, text: str, what: str, address: int, *, complain: bool = True) -> None:
    """Add a name to a folder. Raises NameTaken for one that is taken, after the kernel's complaint
    (`sysfs_warn_dup()`).
    """
    table = guest.table("sysfs")
    if (folder, text) in table:
        if complain:
            refuse_name(guest, f"{path(guest, folder)}/{text}")
        raise NameTaken
    table[folder, text] = [what, address]


def refuse_name(guest: Guest, path: str) -> NoReturn:
    """Log the kernel's complaint about a path that is taken. Raises NameTaken."""
    guest.printk(WARNING, f"sysfs: cannot create duplicate filename '{path}'")
    report_stack(guest)
    raise NameTaken


def remove_name(guest: Guest, folder: int, text: str) -> bool:
    """Remove a name from a folder; return whether it was there."""
    return guest.table("sysfs").pop((folder, text), None) is not None


def path(guest: Guest, address: int) -> str:
    """Return a kobject's path below /sys (`kobject_get_path()`)."""
    parts: list[str] = []
    while address and len(parts) < 64:
        parts.append(name(guest, address))
        address = kobject(guest, address).parent
    return "/" + "/".join(reversed(parts))


def target(folder: str, path: str) -> str:
    """Return the text of a link in a folder to a path, both below /sys: by the folder in which the path lies
    (`kernfs_get_target_path()`).
    """
    shared = posixpath.commonpath([folder, posixpath.dirname(path)])
    up = folder.count("/") - (shared.count("/") if shared != "/" else 0)
    return "../" * up + posixpath.relpath(path, shared)


def _name_of(guest: Guest, attribute: int) -> str:
    """Return the name of a `struct attribute`, with which a `struct bin_attribute` begins, too."""
    return guest.text(view(guest, "attribute", attribute).name)


def add_file(guest: Guest, folder: int, attribute: int, what: str = "file") -> None:
    """Add an attribute's file to a folder. Raises NameTaken for a name that is taken."""
    add_name(guest, folder, _name_of(guest, attribute), what, attribute)


def try_file(guest: Guest, folder: int, attribute: int, what: str = "file") -> int:
    """Add an attribute's file to a folder; return 0 or -EEXIST."""
    try:
        add_file(guest, folder, attribute, what)
    except NameTaken:
        return -EEXIST
    return 0


def remove_file(guest: Guest, folder: int, attribute: int) -> None:
    """Remove an attribute's file from a folder."""
    remove_name(guest, folder, _name_of(guest, attribute))


def null_terminated(guest: Guest, table: int) -> Iterator[int]:
    """Go through a table of pointers that ends with NULL."""
    while table and (pointer := guest.memory.u64(table)):
        yield pointer
        table += 8


def _folder(guest: Guest, kobj: int, group: int) -> tuple[int, str]:
    """Return the folder of a group and how its files' names begin there: a group with a name is a folder of its own."""
    name = view(guest, "attribute_group", group).name
    return kobj, guest.text(name) + "/" if name else ""


def try_group(guest: Guest, kobj: int, group: int) -> int:
    """Add a group's files: all that are visible or, where a name is taken, none, and that name is gone, too
    (`internal_create_group()`); return 0, -EEXIST, or -EINVAL for a group that has none, after a warning.
    """
    row = view(guest, "attribute_group", group)
    if not row.attrs and not row.bin_attrs:
        if not guest.kernel.identity.features.refuses_empty_group:
            return 0
        text = f"{name(guest, kobj)}/{guest.text(row.name) if row.name else ''}"
        text = f"sysfs: (bin_)attrs not set by subsystem for group: {text}"
        report_kernel_warning(guest, "internal_create_group", text)
        return -EINVAL
    folder, prefix = _folder(guest, kobj, group)
    try:
        if prefix:
            add_name(guest, folder, prefix[:-1], "group", group)
    except NameTaken as taken:
        return taken.result
    try:
        _create_files(guest, kobj, group)
    except NameTaken as taken:
        _remove_names(guest, kobj, group)
        return taken.result
    return 0


def _create_files(guest: Guest, kobj: int, group: int) -> None:
    """Add those files of a group that the module's is_visible() allows. Raises NameTaken."""
    row = view(guest, "attribute_group", group)
    folder, prefix = _folder(guest, kobj, group)
    for visible, table, what in ((row.is_visible, row.attrs, "file"), (row.is_bin_visible, row.bin_attrs, "bin")):
        for number, attribute in enumerate(null_terminated(guest, table)):
            if visible and not guest.call(visible, kobj, attribute, number) & 0xFFFF:
                continue
            add_name(guest, folder, prefix + _name_of(guest, attribute), what, attribute)


def merge_group(guest: Guest, kobj: int, group: int) -> int:
    """Add a group's files to the folder that another group of its name has made (`sysfs_merge_group()`); return 0,
    -EEXIST after which none of them is there, or -ENOENT.
    """
    row = view(guest, "attribute_group", group)
    folder, prefix = _folder(guest, kobj, group)
    if (folder, prefix[:-1]) not in guest.table("sysfs"):
        return -ENOENT
    done: list[str] = []
    for attribute in null_terminated(guest, row.attrs):
        name = prefix + _name_of(guest, attribute)
        try:
            add_name(guest, folder, name, "file", attribute)
        except NameTaken:
            for other in done:
                remove_name(guest, folder, other)
            return -EEXIST
        done.append(name)
    return 0


def unmerge_group(guest: Guest, kobj: int, group: int) -> None:
    """Remove the files of a merged group; the folder stays."""
    folder, prefix = _folder(guest, kobj, group)
    for attribute in null_terminated(guest, view(guest, "attribute_group", group).attrs):
        remove_name(guest, folder, prefix + _name_of(guest, attribute))


def remove_group(guest: Guest, kobj: int, group: int) -> None:
    """Remove all files that a group could have, and its folder; warn where that is not there."""
    folder, prefix = _folder(guest, kobj, group)
    if prefix and (folder, prefix[:-1]) not in guest.table("sysfs"):
        if not guest.kernel.identity.features.tells_missing_group:
            return
        text = f"sysfs group '{prefix[:-1]}' not found for kobject '{name(guest, kobj)}'"
        report_kernel_warning(guest, "sysfs_remove_group", text)
        return
    _remove_names(guest, kobj, group)


def _remove_names(guest: Guest, kobj: int, group: int) -> None:
    row = view(guest, "attribute_group", group)
    folder, prefix = _folder(guest, kobj, group)
    if prefix:
        remove_name(guest, folder, prefix[:-1])
    for table in (row.attrs, row.bin_attrs):
        for attribute in null_terminated(guest, table):
            remove_name(guest, folder, prefix + _name_of(guest, attribute))


def add_groups(guest: Guest, kobj: int, groups: int) -> int:
    """Add the groups of a table that ends with NULL; return 0, or an error after which none of them is there."""
    done: list[int] = []
    for group in null_terminated(guest, groups):
        error = try_group(guest, kobj, group)
        if error:
            for earlier in done:
                remove_group(guest, kobj, earlier)
            return error
        done.append(group)
    return 0


def remove_groups(guest: Guest, kobj: int, groups: int) -> None:
    """Remove the groups of a table that ends with NULL."""
    for group in null_terminated(guest, groups):
        remove_group(guest, kobj, group)
