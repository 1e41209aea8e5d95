"""fs/sysfs/symlink.c: Links in /sys."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import sysfs
from modtools.emulate.stops import NameTaken
from modtools.emulate.symbols.registry import function
from modtools.linuxerrno import EEXIST


@function("int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)")
def sysfs_create_link(guest: Guest, folder: int, target: int, name: int) -> int:
    """Add a link to another kobject's folder; return 0, or -EEXIST after the kernel's complaint."""
    return _link(guest, folder, target, name, complain=True)


@function("int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name)")
def sysfs_create_link_nowarn(guest: Guest, folder: int, target: int, name: int) -> int:
    """Add a link to another kobject's folder; return 0, or -EEXIST without a complaint."""
    return _link(guest, folder, target, name, complain=False)


def _link(guest: Guest, folder: int, target: int, name: int, *, complain: bool) -> int:
    try:
        sysfs.add_name(guest, folder, guest.text(name), "link", target, complain=complain)
    except NameTaken:
        return -EEXIST
    return 0


@function("void sysfs_remove_link(struct kobject *kobj, const char *name)")
def sysfs_remove_link(guest: Guest, folder: int, name: int) -> None:
    """Remove a link from a kobject's folder."""
    sysfs.remove_name(guest, folder, guest.text(name))
