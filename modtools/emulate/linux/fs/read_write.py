"""fs/read_write.c: Positions within files: llseek."""

from __future__ import annotations

from modtools.emulate.guest import Guest
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
