"""fs/sysfs/dir.c: Folders in /sys in which something can be mounted."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects import sysfs
from modtools.emulate.symbols.registry import function


@function("int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name)")
def sysfs_create_mount_point(guest: Guest, folder: int, name: int) -> int:
    """Add an empty folder in which something can be mounted; return 0."""
    sysfs.add_name(guest, folder, guest.text(name), "group", 0)
    return 0


@function("void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name)")
def sysfs_remove_mount_point(guest: Guest, folder: int, name: int) -> None:
    """Remove a folder that `sysfs_create_mount_point()` has added."""
    sysfs.remove_name(guest, folder, guest.text(name))
