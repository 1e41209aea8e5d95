"""fs/sysfs/group.c: Groups of files in /sys."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.objects.sysfs import (
    add_groups,
    merge_group,
    remove_group,
    remove_groups,
    try_group,
    unmerge_group,
)
from modtools.emulate.symbols.registry import function


@function("int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_create_group(guest: Guest, kobj: int, group: int) -> int:
    """Add the files of a group to a kobject's folder; return 0 or -EEXIST."""
    return try_group(guest, kobj, group)


@function("int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)")
def sysfs_create_groups(guest: Guest, kobj: int, groups: int) -> int:
    """Add the groups of a table that ends with NULL; return 0, or -EEXIST after which none of them is there."""
    return add_groups(guest, kobj, groups)


@function("void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_remove_group(guest: Guest, kobj: int, group: int) -> None:
    """Remove the files of a group from a kobject's folder."""
    remove_group(guest, kobj, group)


@function("int sysfs_merge_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_merge_group(guest: Guest, kobj: int, group: int) -> int:
    """Add the files of a group to the folder of a group of the same name; return 0, -EEXIST or -ENOENT."""
    return merge_group(guest, kobj, group)


@function("void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_unmerge_group(guest: Guest, kobj: int, group: int) -> None:
    """Remove the files of a merged group."""
    unmerge_group(guest, kobj, group)


@function("void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)")
def sysfs_remove_groups(guest: Guest, kobj: int, groups: int) -> None:
    """Remove the groups of a table that ends with NULL."""
    remove_groups(guest, kobj, groups)
