"""Files in /sys that modules make.

From Linux 6.1: `fs/sysfs/file.c`, `fs/sysfs/group.c`, `fs/sysfs/symlink.c`. `struct attribute`: name 0, mode 8 (u16).
`struct attribute_group`: name 0, is_visible 8, is_bin_visible 16, attrs 24, bin_attrs 32. `struct bin_attribute` begins
with an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate import kobjects
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.values import Values
from modtools.emulate.vsprintf import vsprintf
from modtools.link.memory import PAGE
from modtools.linuxerrno import EEXIST


def add_file(guest: Guest, folder: int, attribute: int, what: str = "file") -> None:
    """Add an attribute's file to a folder. Raises kobjects.Taken for a name that is taken."""
    kobjects.enter(guest, folder, guest.text(guest.memory.u64(attribute)), what, attribute)


def try_file(guest: Guest, folder: int, attribute: int, what: str = "file") -> int:
    """Add an attribute's file to a folder; return 0 or -EEXIST."""
    try:
        add_file(guest, folder, attribute, what)
    except kobjects.Taken:
        return -EEXIST
    return 0


def remove_file(guest: Guest, folder: int, attribute: int) -> None:
    """Remove an attribute's file from a folder."""
    kobjects.leave(guest, folder, guest.text(guest.memory.u64(attribute)))


@function("int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)")
def sysfs_create_file_ns(guest: Guest, folder: int, attribute: int, _namespace: int) -> int:
    """`fs/sysfs/file.c`: Add an attribute's file to a kobject's folder; return 0 or -EEXIST."""
    return try_file(guest, folder, attribute)


@function("void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)")
def sysfs_remove_file_ns(guest: Guest, folder: int, attribute: int, _namespace: int) -> None:
    """`fs/sysfs/file.c`: Remove an attribute's file from a kobject's folder."""
    remove_file(guest, folder, attribute)


@function("int sysfs_create_files(struct kobject *kobj, const struct attribute * const *ptr)")
def sysfs_create_files(guest: Guest, folder: int, table: int) -> int:
    """`fs/sysfs/file.c`: Add the files of a table that ends with NULL; return 0, or -EEXIST after which none of them
    is there.
    """
    done: list[int] = []
    for attribute in pointers_of(guest, table):
        if try_file(guest, folder, attribute):
            for earlier in done:
                remove_file(guest, folder, earlier)
            return -EEXIST
        done.append(attribute)
    return 0


@function("void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *ptr)")
def sysfs_remove_files(guest: Guest, folder: int, table: int) -> None:
    """`fs/sysfs/file.c`: Remove the files of a table that ends with NULL."""
    for attribute in pointers_of(guest, table):
        remove_file(guest, folder, attribute)


@function("int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)")
def sysfs_create_bin_file(guest: Guest, folder: int, attribute: int) -> int:
    """`fs/sysfs/file.c`: Add a binary file to a kobject's folder; return 0 or -EEXIST."""
    return try_file(guest, folder, attribute, "bin")


@function("void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)")
def sysfs_remove_bin_file(guest: Guest, folder: int, attribute: int) -> None:
    """`fs/sysfs/file.c`: Remove a binary file from a kobject's folder."""
    remove_file(guest, folder, attribute)


def pointers_of(guest: Guest, table: int) -> Iterator[int]:
    """Go through a table of pointers that ends with NULL."""
    while table and (pointer := guest.memory.u64(table)):
        yield pointer
        table += 8


def _folder(guest: Guest, kobj: int, group: int) -> tuple[int, str]:
    """Return the folder of a group and how its files' names begin there: a group with a name is a folder of its own."""
    name = guest.memory.u64(group)
    return kobj, guest.text(name) + "/" if name else ""


def add_group(guest: Guest, kobj: int, group: int) -> None:
    """Add a group's files: all that are visible or, where a name is taken, none (`internal_create_group()`). Raises
    kobjects.Taken.
    """
    before = dict(guest.table("sysfs"))
    try:
        _create_files(guest, kobj, group)
    except kobjects.Taken:
        table = guest.table("sysfs")
        for key in [key for key in table if key not in before]:
            del table[key]
        raise


def _create_files(guest: Guest, kobj: int, group: int) -> None:
    """Add those files of a group that the module's is_visible() allows."""
    memory = guest.memory
    folder, prefix = _folder(guest, kobj, group)
    if prefix:
        kobjects.enter(guest, folder, prefix[:-1], "group", group)
    for visible_at, table_at, what in ((8, 24, "file"), (16, 32, "bin")):
        visible = memory.u64(group + visible_at)
        for number, attribute in enumerate(pointers_of(guest, memory.u64(group + table_at))):
            if visible and not guest.call(visible, kobj, attribute, number) & 0xFFFF:
                continue
            kobjects.enter(guest, folder, prefix + guest.text(memory.u64(attribute)), what, attribute)


def remove_group(guest: Guest, kobj: int, group: int) -> None:
    """Remove all files that a group could have, and its folder."""
    memory = guest.memory
    folder, prefix = _folder(guest, kobj, group)
    if prefix:
        kobjects.leave(guest, folder, prefix[:-1])
    for table_at in (24, 32):
        for attribute in pointers_of(guest, memory.u64(group + table_at)):
            kobjects.leave(guest, folder, prefix + guest.text(memory.u64(attribute)))


def try_group(guest: Guest, kobj: int, group: int) -> int:
    """Add a group's files; return 0 or -EEXIST."""
    try:
        add_group(guest, kobj, group)
    except kobjects.Taken:
        return -EEXIST
    return 0


def add_groups(guest: Guest, kobj: int, groups: int) -> int:
    """Add the groups of a table that ends with NULL; return 0, or -EEXIST after which none of them is there."""
    done: list[int] = []
    for group in pointers_of(guest, groups):
        if try_group(guest, kobj, group):
            for earlier in done:
                remove_group(guest, kobj, earlier)
            return -EEXIST
        done.append(group)
    return 0


def remove_groups(guest: Guest, kobj: int, groups: int) -> None:
    """Remove the groups of a table that ends with NULL."""
    for group in pointers_of(guest, groups):
        remove_group(guest, kobj, group)


@function("int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_create_group(guest: Guest, kobj: int, group: int) -> int:
    """`fs/sysfs/group.c`: Add the files of a group to a kobject's folder; return 0 or -EEXIST."""
    return try_group(guest, kobj, group)


@function("int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)")
def sysfs_create_groups(guest: Guest, kobj: int, groups: int) -> int:
    """`fs/sysfs/group.c`: Add the groups of a table that ends with NULL; return 0, or -EEXIST after which none of them
    is there.
    """
    return add_groups(guest, kobj, groups)


@function("void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)")
def sysfs_remove_group(guest: Guest, kobj: int, group: int) -> None:
    """`fs/sysfs/group.c`: Remove the files of a group from a kobject's folder."""
    remove_group(guest, kobj, group)


@function("void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)")
def sysfs_remove_groups(guest: Guest, kobj: int, groups: int) -> None:
    """`fs/sysfs/group.c`: Remove the groups of a table that ends with NULL."""
    remove_groups(guest, kobj, groups)


@function("int sysfs_create_link(struct kobject *kobj, struct kobject *target, const char *name)")
def sysfs_create_link(guest: Guest, folder: int, target: int, name: int) -> int:
    """`fs/sysfs/symlink.c`: Add a link to another kobject's folder; return 0, or -EEXIST after the
    kernel's complaint.
    """
    return _link(guest, folder, target, name, complain=True)


@function("int sysfs_create_link_nowarn(struct kobject *kobj, struct kobject *target, const char *name)")
def sysfs_create_link_nowarn(guest: Guest, folder: int, target: int, name: int) -> int:
    """`fs/sysfs/symlink.c`: Add a link to another kobject's folder; return 0, or -EEXIST without a complaint."""
    return _link(guest, folder, target, name, complain=False)


def _link(guest: Guest, folder: int, target: int, name: int, *, complain: bool) -> int:
    try:
        kobjects.enter(guest, folder, guest.text(name), "link", target, complain=complain)
    except kobjects.Taken:
        return -EEXIST
    return 0


@function("void sysfs_remove_link(struct kobject *kobj, const char *name)")
def sysfs_remove_link(guest: Guest, folder: int, name: int) -> None:
    """`fs/sysfs/symlink.c`: Remove a link from a kobject's folder."""
    kobjects.leave(guest, folder, guest.text(name))


@function("int sysfs_create_mount_point(struct kobject *parent_kobj, const char *name)")
def sysfs_create_mount_point(guest: Guest, folder: int, name: int) -> int:
    """`fs/sysfs/dir.c`: Add an empty folder in which something can be mounted; return 0."""
    kobjects.enter(guest, folder, guest.text(name), "group", 0)
    return 0


@function("void sysfs_remove_mount_point(struct kobject *parent_kobj, const char *name)")
def sysfs_remove_mount_point(guest: Guest, folder: int, name: int) -> None:
    """`fs/sysfs/dir.c`: Remove a folder that `sysfs_create_mount_point()` has added."""
    kobjects.leave(guest, folder, guest.text(name))


@function("void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)")
def sysfs_notify(_guest: Guest, _folder: int, _dir: int, _name: int) -> None:
    """`fs/sysfs/file.c`: Do nothing: nobody polls the file."""


@function("int sysfs_emit(char *buf, const char *fmt, ...)")
def sysfs_emit(guest: Guest, buffer: int, fmt: int, values: Values) -> int:
    """`fs/sysfs/file.c`: Write a formatted text, at most a page; return its length, 0 for a buffer that does not begin
    a page.
    """
    return _emit(guest, buffer, 0, fmt, values) if buffer and not buffer % PAGE else 0


@function("int sysfs_emit_at(char *buf, int at, const char *fmt, ...)")
def sysfs_emit_at(guest: Guest, buffer: int, at: int, fmt: int, values: Values) -> int:
    """`fs/sysfs/file.c`: Write a formatted text at an offset of the page, at most to its end; return its length, 0 for
    a wrong buffer or offset.
    """
    return _emit(guest, buffer, at, fmt, values) if buffer and not buffer % PAGE and 0 <= at < PAGE else 0


def _emit(guest: Guest, buffer: int, at: int, fmt: int, values: Values) -> int:
    text = vsprintf(guest, guest.memory.text(fmt), values)[: PAGE - at - 1]
    guest.memory.write(buffer + at, text + b"\0")
    return len(text)
