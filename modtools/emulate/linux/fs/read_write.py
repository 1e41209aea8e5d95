"""fs/read_write.c: Positions within files, and reading and writing them within the kernel."""

from __future__ import annotations

from modtools.emulate.files import kernelfiles
from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.linuxerrno import EINVAL, ENXIO

_SET, _CURRENT, _END, _DATA, _HOLE = range(5)
_MOST = (1 << 63) - 1


@function("loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize, loff_t eof)")
def generic_file_llseek_size(guest: Guest, file: int, offset: int, whence: int, most: int, end: int) -> int:
    """Move a file's position and return it: from the beginning, the position, the end, or to data or a hole (the file
    is all data); -EINVAL outside of 0 to `maxsize`, -ENXIO for data or a hole not before the end.
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
    """Move the position within a file of the given size and return it; only SEEK_SET, SEEK_CUR and SEEK_END."""
    if whence not in (_SET, _CURRENT, _END):
        return -EINVAL
    return int(generic_file_llseek_size(guest, file, offset, whence, size, size))


@function("loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence)")
def no_seek_end_llseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """Move the position in a file that has no end and return it; only SEEK_SET and SEEK_CUR."""
    if whence not in (_SET, _CURRENT):
        return -EINVAL
    return int(generic_file_llseek_size(guest, file, offset, whence, _MOST, 0))


@function("loff_t noop_llseek(struct file *file, loff_t offset, int whence)")
def noop_llseek(guest: Guest, file: int, _offset: int, _whence: int) -> int:
    """Return the position, which stays as it is."""
    return int(view(guest, "file", file).f_pos)


@function("loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)")
def generic_file_llseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """Move the position within a file of the size of its inode, and return it."""
    end = view(guest, "inode", view(guest, "file", file).f_inode).i_size
    return int(generic_file_llseek_size(guest, file, offset, whence, _MOST, end))


@function("loff_t default_llseek(struct file *file, loff_t offset, int whence)")
def default_llseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """Move the position as `generic_file_llseek()` does, but to no other than the five known places, with no limit."""
    if whence not in range(_HOLE + 1):
        return -EINVAL
    return int(generic_file_llseek(guest, file, offset, whence))


@function("ssize_t kernel_read(struct file *file, void *buf, size_t count, loff_t *pos)")
def kernel_read(guest: Guest, file: int, buffer: int, count: int, position: int) -> int:
    """Read from a file that `filp_open()` has opened into the kernel's memory; return how many bytes, or an error."""
    return kernelfiles.read(guest, file, buffer, count, position)


@function("ssize_t kernel_write(struct file *file, const void *buf, size_t count, loff_t *pos)")
def kernel_write(guest: Guest, file: int, buffer: int, count: int, position: int) -> int:
    """Write to a file that `filp_open()` has opened from the kernel's memory; return how many bytes, or an error."""
    return kernelfiles.write(guest, file, buffer, count, position)


@function("loff_t vfs_llseek(struct file *file, loff_t offset, int whence)")
def vfs_llseek(guest: Guest, file: int, offset: int, whence: int) -> int:
    """Move the position of a file that `filp_open()` has opened, and return it; those of drivers stop the run."""
    if kernelfiles.path_of(guest, file) is None:
        raise Needs("a position in a file that the kernel has not opened by its path")
    return int(generic_file_llseek(guest, file, offset, whence))
