"""Attributes of devices that are a number or a truth value, and places within files.

From Linux 6.1: `drivers/base/core.c: device_show_int()` and its kin, `fs/read_write.c`. A `struct dev_ext_attribute`
has the address of the variable.
"""

from __future__ import annotations

from collections.abc import Callable

from modtools.emulate.functions.text import kstrtobool
from modtools.emulate.guest import Guest
from modtools.emulate.registry import function
from modtools.emulate.structs import view
from modtools.errors import KernelError
from modtools.kernel.kstrtox import kstrtoint
from modtools.linuxerrno import EINVAL, ENXIO

_WORD = 8
_SET, _CURRENT, _END, _DATA, _HOLE = range(5)
_MOST = (1 << 63) - 1


def _show(size: int, signed: bool) -> Callable[[Guest, int, int, int], int]:
    def show(guest: Guest, _device: int, attribute: int, buffer: int) -> int:
        raw = guest.memory.read(view(guest, "dev_ext_attribute", attribute).var, size)
        value = int.from_bytes(raw, "little", signed=signed)
        text = (b"0x%x\n" if size == _WORD else b"%d\n") % value
        guest.memory.write(buffer, text + b"\0")
        return len(text)

    return show


def _store(size: int, signed: bool) -> Callable[[Guest, int, int, int, int], int]:
    def store(guest: Guest, _device: int, attribute: int, buffer: int, count: int) -> int:
        try:
            text = guest.memory.text(buffer).decode("latin-1")
            value = kstrtoint(text, bits=64 if signed else 8 * size, signed=signed)
        except KernelError as error:
            return -error.errno
        if signed and not -(1 << 31) <= value < 1 << 31:
            return -EINVAL
        guest.memory.put(view(guest, "dev_ext_attribute", attribute).var, value, size)
        return count

    return store


# `drivers/base/core.c`
function("ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf)")(_show(4, True))
function("ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf)")(_show(8, False))
function("ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf)")(_show(1, False))
function("ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")(
    _store(4, True)
)
function("ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")(
    _store(8, False)
)


@function("ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf, size_t size)")
def device_store_bool(guest: Guest, _device: int, attribute: int, buffer: int, count: int) -> int:
    """`drivers/base/core.c`: Set the bool behind the attribute from a text as kstrtobool() reads it;
    return the count, or -EINVAL.
    """
    return -EINVAL if kstrtobool(guest, buffer, view(guest, "dev_ext_attribute", attribute).var) else count


@function("loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize, loff_t eof)")
def generic_file_llseek_size(guest: Guest, file: int, offset: int, whence: int, most: int, end: int) -> int:
    """`fs/read_write.c`: Move a file's position and return it: from the beginning, the position, the end, or to data or
    a hole (the file is all data); -EINVAL outside of 0 to `maxsize`, -ENXIO for data or a hole not before the end.
    """
    row = view(guest, "file", file)
    if whence == _CURRENT and not offset:
        return int(row.f_pos)
    if whence in (_DATA, _HOLE):
        if not 0 <= offset < end:
            return -ENXIO
        offset = end if whence == _HOLE else offset
    offset += {_CURRENT: row.f_pos, _END: end}.get(whence, 0)
    if offset < 0 or offset > most:
        return -EINVAL
    row.f_pos = offset
    return offset


@function("loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)")
def fixed_size_llseek(guest: Guest, file: int, offset: int, whence: int, size: int) -> int:
    """`fs/read_write.c`: Move the position within a file of the given size and return it; only
    SEEK_SET, SEEK_CUR and SEEK_END.
    """
    if whence not in (_SET, _CURRENT, _END):
        return -EINVAL
    return int(generic_file_llseek_size(guest, file, offset, whence, size, size))


@function("loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence)")
def no_seek_end_llseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """`fs/read_write.c`: Move the position in a file that has no end and return it; only SEEK_SET and SEEK_CUR."""
    if whence not in (_SET, _CURRENT):
        return -EINVAL
    return int(generic_file_llseek_size(guest, file, offset, whence, _MOST, 0))
