"""fs/sysfs/file.c: Files in /sys that modules make."""

from __future__ import annotations

from modtools.emulate.cpu.va_list import Values
from modtools.emulate.guest import Guest
from modtools.emulate.objects.sysfs import null_terminated, remove_file, try_file
from modtools.emulate.printf.vsprintf import vsprintf
from modtools.emulate.symbols.registry import function
from modtools.link.memory import PAGE
from modtools.linuxerrno import EEXIST


@function("int sysfs_create_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)")
def sysfs_create_file_ns(guest: Guest, folder: int, attribute: int, _namespace: int) -> int:
    """Add an attribute's file to a kobject's folder; return 0 or -EEXIST."""
    return try_file(guest, folder, attribute)


@function("void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)")
def sysfs_remove_file_ns(guest: Guest, folder: int, attribute: int, _namespace: int) -> None:
    """Remove an attribute's file from a kobject's folder."""
    remove_file(guest, folder, attribute)


@function("int sysfs_create_files(struct kobject *kobj, const struct attribute * const *ptr)")
def sysfs_create_files(guest: Guest, folder: int, table: int) -> int:
    """Add the files of a table that ends with NULL; return 0, or -EEXIST after which none of them is there."""
    done: list[int] = []
    for attribute in null_terminated(guest, table):
        if try_file(guest, folder, attribute):
            for earlier in done:
                remove_file(guest, folder, earlier)
            return -EEXIST
        done.append(attribute)
    return 0


@function("void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *ptr)")
def sysfs_remove_files(guest: Guest, folder: int, table: int) -> None:
    """Remove the files of a table that ends with NULL."""
    for attribute in null_terminated(guest, table):
        remove_file(guest, folder, attribute)


@function("int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)")
def sysfs_create_bin_file(guest: Guest, folder: int, attribute: int) -> int:
    """Add a binary file to a kobject's folder; return 0 or -EEXIST."""
    return try_file(guest, folder, attribute, "bin")


@function("void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)")
def sysfs_remove_bin_file(guest: Guest, folder: int, attribute: int) -> None:
    """Remove a binary file from a kobject's folder."""
    remove_file(guest, folder, attribute)


@function("void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)")
def sysfs_notify(_guest: Guest, _folder: int, _dir: int, _name: int) -> None:
    """Do nothing: nobody polls the file."""


@function("int sysfs_emit(char *buf, const char *fmt, ...)")
def sysfs_emit(guest: Guest, buffer: int, fmt: int, values: Values) -> int:
    """Write a formatted text, at most a page; return its length, 0 for a buffer that does not begin a page."""
    return _emit(guest, buffer, 0, fmt, values) if buffer and not buffer % PAGE else 0


@function("int sysfs_emit_at(char *buf, int at, const char *fmt, ...)")
def sysfs_emit_at(guest: Guest, buffer: int, at: int, fmt: int, values: Values) -> int:
    """Write a formatted text at an offset of the page, at most to its end; return its length, 0 for a wrong buffer or
    offset.
    """
    return _emit(guest, buffer, at, fmt, values) if buffer and not buffer % PAGE and 0 <= at < PAGE else 0


def _emit(guest: Guest, buffer: int, at: int, fmt: int, values: Values) -> int:
    text = vsprintf(guest, guest.memory.text(fmt), values)[: PAGE - at - 1]
    guest.memory.write(buffer + at, text + b"\0")
    return len(text)
